// SPDX-License-Identifier: GPL-3.0-or-later
// Writes ABI and bytecode of every deployed contract to resources/contracts/<Name>.json, which the C++ build
// reads without Node. With --check it writes nothing, and fails if a file differs from the sources.
//   node tools/export-artifacts.mjs [--check]
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root, runFoundry } from './foundry.mjs';

const kContracts = ['IdentityRegistry', 'DatasetRegistry', 'AccessGrants'];
const target = join(dirname(root), 'resources', 'contracts');

function fail(message) {
    throw new Error(message);
}

/** Compiles into a folder of its own, so that nothing stale is compared. */
function compile(out) {
    runFoundry('forge', ['build', '--force', '--silent', '--out', out, '--cache-path', join(out, 'cache'), 'src']);
    return Object.fromEntries(kContracts.map((name) => {
        const file = join(out, `${name}.sol`, `${name}.json`);
        return [name, JSON.parse(readFileSync(file, 'utf8'))];
    }));
}

/** What ships: no path, no time, nothing of the machine that built it. */
function artifact(name, built) {
    const code = built.deployedBytecode;
    if (Object.keys(code.immutableReferences ?? {}).length !== 0)
        fail(`${name} has immutables: its code hash would differ between deployments`);
    if (Object.keys(built.bytecode.linkReferences ?? {}).length !== 0)
        fail(`${name} needs a linked library`);
    const { compiler, settings } = built.metadata;
    return {
        contractName: name,
        abi: built.abi,
        bytecode: built.bytecode.object,
        // Through standard input: the code is longer than an argument may be on some systems.
        deployedBytecodeHash: runFoundry('cast', ['keccak'], code.object).trim(),
        compiler: `solc ${compiler.version}`,
        settings: {
            evmVersion: settings.evmVersion,
            optimizer: settings.optimizer,
            metadata: settings.metadata,
        },
    };
}

function check(texts) {
    const stale = kContracts.filter((name) => {
        const file = join(target, `${name}.json`);
        return !existsSync(file) || readFileSync(file, 'utf8') !== texts[name];
    });
    const strange = existsSync(target)
        ? readdirSync(target).filter((file) => file.endsWith('.json') && !kContracts.includes(file.slice(0, -5)))
        : [];
    if (stale.length) fail(`differs from the sources: ${stale.join(', ')}; run "npm run export" and commit`);
    if (strange.length) fail(`no contract of ours: ${strange.join(', ')}`);
    process.stdout.write(`resources/contracts is what the sources give: ${kContracts.join(', ')}\n`);
}

function main() {
    const out = mkdtempSync(join(tmpdir(), 'amana-contracts-'));
    try {
        const built = compile(out);
        const texts = Object.fromEntries(
            kContracts.map((name) => [name, `${JSON.stringify(artifact(name, built[name]), null, 2)}\n`]));
        if (process.argv.includes('--check')) return check(texts);
        mkdirSync(target, { recursive: true });
        for (const name of kContracts) writeFileSync(join(target, `${name}.json`), texts[name]);
        process.stdout.write(`written to resources/contracts: ${kContracts.join(', ')}\n`);
    } finally {
        rmSync(out, { recursive: true, force: true });
    }
}

try {
    main();
} catch (error) {
    process.stderr.write(`export-artifacts: ${error.message}\n`);
    process.exitCode = 1;
}
