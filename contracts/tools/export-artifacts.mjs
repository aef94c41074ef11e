// SPDX-License-Identifier: GPL-3.0-or-later
// Writes what follows from the sources: resources/contracts/<Name>.json, which the C++ build reads without Node,
// and layout/<Name>.json. With --check it writes nothing, and fails if a file differs, or if an upgradeable contract
// breaks a rule of OpenZeppelin's upgrade checks.
//   node tools/export-artifacts.mjs [--check]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { artifactText } from './artifacts.mjs';
import { kContracts, kUpgradeable, withCompiled } from './compile.mjs';
import { layoutText } from './layouts.mjs';
import { root } from './foundry.mjs';

const kFolders = { artifacts: join(dirname(root), 'resources', 'contracts'), layouts: join(root, 'layout') };

/** Texts by path. */
function files(built) {
    const artifacts = kContracts.map((name) => [join(kFolders.artifacts, `${name}.json`), artifactText(name, built[name])]);
    const layouts = kUpgradeable.map((name) => [join(kFolders.layouts, `${name}.json`), layoutText(built[name])]);
    return new Map([...artifacts, ...layouts]);
}

function check(texts) {
    const name = (path) => relative(dirname(root), path);
    const stale = [...texts].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
        .map(([path]) => name(path));
    const strange = Object.values(kFolders).flatMap((folder) => existsSync(folder)
        ? readdirSync(folder).map((file) => join(folder, file)).filter((path) => path.endsWith('.json') && !texts.has(path)).map(name)
        : []);
    if (stale.length) throw new Error(`differs from the sources: ${stale.join(', ')}; run "npm run export" and commit`);
    if (strange.length) throw new Error(`belongs to no contract: ${strange.join(', ')}`);
}

/** Constructors, immutables, delegate calls and the like that an upgrade would break. */
function checkUpgradeSafety(info) {
    const program = join(root, 'node_modules', '@openzeppelin', 'upgrades-core', 'dist', 'cli', 'cli.js');
    const result = spawnSync(process.execPath, [program, 'validate', info], { cwd: root, encoding: 'utf8' });
    const text = `${result.stdout}${result.stderr}`;
    if (result.status !== 0) throw new Error(`upgrades-core validate:\n${text}`);
    const silent = kUpgradeable.filter((name) => !new RegExp(`✔ .*:${name}$`, 'm').test(text));
    if (silent.length) throw new Error(`upgrades-core did not look at ${silent.join(', ')}:\n${text}`);
}

function main() {
    withCompiled((built, info) => {
        const texts = files(built);
        if (process.argv.includes('--check')) {
            check(texts);
            checkUpgradeSafety(info);
            process.stdout.write(`${texts.size} files are what the sources give; ${kUpgradeable.length} contracts may be upgraded\n`);
            return;
        }
        for (const folder of Object.values(kFolders)) mkdirSync(folder, { recursive: true });
        for (const [path, text] of texts) writeFileSync(path, text);
        process.stdout.write(`${texts.size} files written\n`);
    });
}

try {
    main();
} catch (error) {
    process.stderr.write(`export-artifacts: ${error.message}\n`);
    process.exitCode = 1;
}
