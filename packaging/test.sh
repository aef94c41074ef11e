#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs, builds and runs the tests. --full adds the long suites. One line per suite: ran, or did not run and why.
set -uo pipefail
cd "$(dirname "$0")/.."
full=no
[ "${1:-}" = --full ] && full=yes

declare -a lines=()
failed=no
note() { lines+=("$(printf '%-22s %s' "$1" "$2")"); }

packaging/install.sh --tests || exit 1

if tests/peers/build.sh; then
    note "test peers" "built"
else
    export AMANA_WITHOUT_KUBO=1
    note "test peers" "not built: Kubo needs Go 1.26 or newer and the Go module proxy; what compares with Kubo did not run"
fi

if [ $full = yes ]; then
    tests/peers/build.sh geth || {
        export AMANA_WITHOUT_GETH=1
        note "geth" "not built: it needs Go 1.24 or newer and the Go module proxy; what compares with geth did not run"
    }
    tests/peers/build.sh age || {
        export AMANA_WITHOUT_AGE_PQ=1
        note "age 1.3" "not built: it needs Go 1.25 or newer and the Go module proxy; what compares with it did not run"
    }
    tests/peers/build.sh cluster || {
        export AMANA_WITHOUT_CLUSTER=1
        note "IPFS Cluster" "not built: it needs Go and the Go module proxy; what needs a cluster did not run"
    }
fi

packaging/build.sh dev || exit 1

# suite NAME LABEL-REGEX [excluded labels] [programs at a time]
suite() {
    local log="build/dev/suite-$1.log" started=$SECONDS
    ctest --test-dir build/dev -j "${4:-1}" -L "$2" ${3:+-LE "$3"} --output-on-failure --no-tests=error >"$log" 2>&1
    local code=$?
    local count skipped
    count=$(grep -cE '^ *[0-9]+/[0-9]+ Test +#' "$log")
    skipped=$(grep -cE '\*\*\*Skipped' "$log")
    if [ $code -eq 0 ]; then
        note "$1" "ran: $((count - skipped)) programs passed, $skipped did not run, $((SECONDS - started)) s"
        grep -E '\*\*\*Skipped' "$log" | sed -E 's/^ *[0-9]+\/[0-9]+ Test +#[0-9]+: ([^ ]+).*/    did not run: \1/' | while read -r l; do echo "$l"; done
    else
        failed=yes
        note "$1" "FAILED after $((SECONDS - started)) s, see $log"
        sed -n '/^The following tests FAILED/,$p' "$log"
        grep -E '^(FAIL!|   Loc:|XPASS|QFATAL)' "$log" | head -40
    fi
}

suite unit '^unit$' '^full$'
suite vectors '^vectors$' '^full$'
suite architecture '^arch$'
suite golden '^golden$' '^full$'
suite gui '^gui$' '^full$'
suite integration '^integration$' '^full$' "$(nproc)"
suite fuzz '^fuzz$' '^full$'
if [ $full = yes ]; then
    suite long '^full$' '' "$(nproc)"
    if packaging/build.sh asan-ubsan -- tests-unit tests-vectors; then
        if ASAN_OPTIONS=detect_leaks=0 ctest --test-dir build/asan-ubsan -L '^(unit|vectors)$' -LE '^full$' --output-on-failure >build/asan-ubsan/suite.log 2>&1
        then note "sanitizers" "ran: unit and vectors"
        else failed=yes; note "sanitizers" "FAILED, see build/asan-ubsan/suite.log"
        fi
    else
        failed=yes; note "sanitizers" "FAILED to build"
    fi
    if packaging/build.sh core-only -DAMANA_BUILD_TESTS=OFF
    then note "core without ui" "built"
    else failed=yes; note "core without ui" "FAILED to build"
    fi
else
    note "long suites" "did not run: --full was not given"
fi

echo
printf '%s\n' "${lines[@]}"
echo
passed=$(cat build/dev/suite-*.log | grep -cE '^ *[0-9]+/[0-9]+ Test +#.* Passed ')
bad=$(cat build/dev/suite-*.log | grep -E '^ *[0-9]+/[0-9]+ Test +#' | grep -cvE ' Passed |\*\*\*Skipped')
skip=$(cat build/dev/suite-*.log | grep -cE '\*\*\*Skipped')
echo "$passed passed, $bad failed, $skip skipped"
[ $failed = no ]
