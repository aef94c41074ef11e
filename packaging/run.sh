#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds, and does the main job: the desktop where there is a display, else `amana demo`.
set -euo pipefail
cd "$(dirname "$0")/.."
packaging/install.sh
packaging/build.sh release -DAMANA_BUILD_TESTS=OFF
if [ -n "${WAYLAND_DISPLAY:-}${DISPLAY:-}" ]; then
    exec build/release/bin/amana-desktop "$@"
fi
echo "No display found (neither WAYLAND_DISPLAY nor DISPLAY is set): running 'amana demo', the same main job on the command line."
exec build/release/bin/amana demo "$@"
