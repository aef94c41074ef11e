#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what building, running and (with --tests) testing Amana needs on Debian 12. Quick when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

build_packages=(build-essential cmake ninja-build ccache pkg-config git ca-certificates
    qt6-base-dev qt6-websockets-dev qt6-charts-dev qt6-svg-dev libqt6opengl6-dev libgl1-mesa-dev libqt6sql6-sqlite
    qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qt6-translations-l10n
    libssl-dev libmicrohttpd-dev libsecp256k1-dev libbotan-2-dev libboost-dev libexpected-dev libtorch-dev libopenblas0-pthread
    qtkeychain-qt6-dev libzstd-dev libarchive-dev libsimdjson-dev nlohmann-json3-dev libphonenumber-dev libcld2-dev fonts-nanum)
test_packages=(age gnome-keyring dbus dbus-x11 xvfb xauth zstd openssl libbenchmark-dev python3 curl)

packages=("${build_packages[@]}")
[ "${1:-}" = --tests ] && packages+=("${test_packages[@]}")

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo=sudo
    echo "Installing: ${missing[*]}"
    $sudo apt-get update -q >/dev/null
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
fi

# anvil, forge and solc come from npm, pinned by contracts/package-lock.json.
if ! command -v npm >/dev/null; then
    echo "Node.js 20 with npm is needed for the local chain (Debian 12's own package is older): install it, then run this again." >&2
    exit 1
fi
stamp=contracts/node_modules/.installed
if ! [ -e "$stamp" ] || [ contracts/package-lock.json -nt "$stamp" ]; then
    echo "Installing the contract tools"
    npm ci --prefix contracts --no-fund --no-audit --loglevel=error
    touch "$stamp"
fi
