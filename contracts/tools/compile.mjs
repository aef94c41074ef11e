// SPDX-License-Identifier: GPL-3.0-or-later
// Compiles the sources once, into a folder of its own, so that nothing stale is compared.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFoundry } from './foundry.mjs';

/** Behind proxies: their storage must fit what was there before. */
export const kUpgradeable = ['IdentityRegistry', 'DatasetRegistry', 'AccessGrants', 'Market'];
/** All that is deployed; the last two as they come from OpenZeppelin. */
export const kContracts = [...kUpgradeable, 'ConsortiumCredit', 'ERC1967Proxy', 'TimelockController'];

/** Gives `use` the artifacts by name and the folder of the build info; the folder is gone afterwards. */
export function withCompiled(use) {
    const out = mkdtempSync(join(tmpdir(), 'amana-contracts-'));
    const info = join(out, 'build-info');
    try {
        runFoundry('forge', ['build', '--force', '--silent', '--out', out, '--cache-path', join(out, 'cache'),
            '--build-info', '--build-info-path', info, '--extra-output', 'storageLayout', '--', 'src']);
        const built = Object.fromEntries(kContracts.map((name) =>
            [name, JSON.parse(readFileSync(join(out, `${name}.sol`, `${name}.json`), 'utf8'))]));
        return use(built, info);
    } finally {
        rmSync(out, { recursive: true, force: true });
    }
}
