#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tests/peers/build.sh [kubo] [geth] [cluster] [age]: builds the programs of others that the integration tests compare with, into
# tests/peers/bin, pinned by the go.mod and go.sum of their modules; without arguments Kubo. Quick when they are there
# already. Exit 1, with the reason, when one cannot be built.
set -euo pipefail
cd "$(dirname "$0")"

# build NAME FOLDER PACKAGE OUTPUT VERSION-COMMAND
build() {
    local name=$1 folder=$2 package=$3 output=$PWD/bin/$4 version
    version=$(sed -nE "s|^(require)?[[:space:]]*${package%%/cmd/*} v([0-9.]+).*|\2|p" "$folder/go.mod" | head -1)
    if [ -x "$output" ] && "$output" "${@:5}" 2>/dev/null | grep -F "$version" >/dev/null; then
        return
    fi
    if ! command -v go >/dev/null; then
        echo "tests/peers: $name $version needs Go (the version is in $folder/go.mod); none was found." >&2
        exit 1
    fi
    mkdir -p bin
    echo "Building $name $version (some minutes the first time)"
    (cd "$folder" && go build -ldflags="-s -w" -o "$output" "$package")
}

for peer in "${@:-kubo}"; do
    case $peer in
    kubo) build Kubo . github.com/ipfs/kubo/cmd/ipfs ipfs version --number ;;
    geth) build geth geth github.com/ethereum/go-ethereum/cmd/geth geth version ;;
    cluster)
        build "IPFS Cluster" cluster github.com/ipfs-cluster/ipfs-cluster/cmd/ipfs-cluster-service ipfs-cluster-service \
            --version
        ;;
    age)
        build age age filippo.io/age/cmd/age age-pq --version
        build age-keygen age filippo.io/age/cmd/age-keygen age-pq-keygen --version
        ;;
    *) echo "tests/peers: no such peer: $peer" >&2; exit 1 ;;
    esac
done
