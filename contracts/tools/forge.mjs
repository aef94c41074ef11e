// SPDX-License-Identifier: GPL-3.0-or-later
// Runs forge in contracts/ and ends with its exit status: node tools/forge.mjs test -vv
import { runFoundry } from './foundry.mjs';

try {
    runFoundry('forge', process.argv.slice(2), { inherit: true });
} catch (error) {
    process.stderr.write(`forge: ${error.message}\n`);
    process.exitCode = 1;
}
