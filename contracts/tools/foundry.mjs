// SPDX-License-Identifier: GPL-3.0-or-later
// The programs of Foundry that npm installed. package.json names the packages of the platform, not the launchers
// (@foundry-rs/forge): those end with 0 even when forge fails.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Path of forge, cast or anvil; undefined when contracts/node_modules is missing. */
export function foundryBinary(name) {
    const path = join(root, 'node_modules', '.bin', name);
    return existsSync(path) ? path : undefined;
}

/** Runs a program in contracts/ and gives its standard output; throws when it fails. */
export function runFoundry(name, args, input) {
    const path = foundryBinary(name);
    if (!path)
        throw new Error('contracts/node_modules is missing; run "npm ci" in contracts/ (packaging/test.sh does)');
    const result = spawnSync(path, args, { cwd: root, input, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (result.error) throw result.error;
    if (result.status !== 0)
        throw new Error(`${name} ${args[0]} ended with ${result.status ?? result.signal}\n${result.stdout ?? ''}${result.stderr ?? ''}`);
    return result.stdout ?? '';
}
