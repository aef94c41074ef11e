#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the programs of others that the integration tests compare with: tests/peers/bin/ipfs (Kubo, pinned by go.mod and
# go.sum). Quick when it is there already. Exit 1, with the reason, when it cannot be built.
set -euo pipefail
cd "$(dirname "$0")"

version=$(awk '$1 == "github.com/ipfs/kubo" { print $2 } $2 == "github.com/ipfs/kubo" { print $3 }' go.mod | head -1)
have=$(bin/ipfs version --number 2>/dev/null || true)
if [ "v$have" = "$version" ]; then
    exit 0
fi
if ! command -v go >/dev/null; then
    echo "tests/peers: Kubo $version needs Go (the version is in go.mod); none was found." >&2
    exit 1
fi
mkdir -p bin
echo "Building Kubo $version (some minutes the first time)"
go build -ldflags="-s -w" -o bin/ipfs github.com/ipfs/kubo/cmd/ipfs
