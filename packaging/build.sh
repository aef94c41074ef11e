#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# packaging/build.sh PRESET [CMake options]: configures and builds one preset, quietly unless it fails.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
# Precompiled headers and ccache agree only with these settings.
export CCACHE_SLOPPINESS=pch_defines,time_macros
cmake --preset "$preset" "$@" >"/tmp/amana-configure-$preset.$$" 2>&1 || { cat "/tmp/amana-configure-$preset.$$"; exit 1; }
rm -f "/tmp/amana-configure-$preset.$$"
cmake --build --preset "$preset"
