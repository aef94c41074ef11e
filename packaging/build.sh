#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# packaging/build.sh PRESET [CMake options] [-- TARGET…]: configures and builds one preset, or targets of it, quietly unless
# it fails.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
options=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    options+=("$1")
    shift
done
# Precompiled headers and ccache agree only with these settings.
export CCACHE_SLOPPINESS=pch_defines,time_macros
cmake --preset "$preset" "${options[@]}" >"/tmp/amana-configure-$preset.$$" 2>&1 || { cat "/tmp/amana-configure-$preset.$$"; exit 1; }
rm -f "/tmp/amana-configure-$preset.$$"
if [ $# -gt 1 ]; then shift && set -- --target "$@"; fi
cmake --build --preset "$preset" "$@"
