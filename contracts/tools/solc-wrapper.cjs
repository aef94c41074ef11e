#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// Gives solc-js (the pinned npm package) the native command line that forge expects.
'use strict';
const fs = require('node:fs');
const solc = require('solc');

const args = process.argv.slice(2);
if (args.includes('--version')) {
    const version = solc.version().replace('.Emscripten.clang', '.Linux.g++');
    process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${version}\n`);
} else if (args.includes('--standard-json')) {
    process.stdout.write(solc.compile(fs.readFileSync(0, 'utf8')));
} else {
    process.stderr.write('solc-wrapper: only --version and --standard-json are supported\n');
    process.exit(1);
}
