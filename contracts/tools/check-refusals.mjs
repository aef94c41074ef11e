// SPDX-License-Identifier: GPL-3.0-or-later
// Fails unless every custom error of every contract is expected by name in a test, and unless the tests take every
// branch of every source: each `require` both passes and refuses.
//   node tools/check-refusals.mjs
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, runFoundry } from './foundry.mjs';

const problems = [];

function testSources(folder) {
    return readdirSync(folder, { withFileTypes: true }).map((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return testSources(path);
        return path.endsWith('.sol') ? readFileSync(path, 'utf8') : '';
    }).join('\n');
}

/** An error of an interface is expected as I<Name>.<Error>.selector; those of OpenZeppelin are tested there. */
function checkNames() {
    const tests = testSources(join(root, 'test'));
    const folder = join(root, 'src', 'interfaces');
    let count = 0;
    for (const file of readdirSync(folder)) {
        const name = file.replace('.sol', '');
        for (const [, error] of readFileSync(join(folder, file), 'utf8').matchAll(/^ {4}error (\w+)\(/gm)) {
            ++count;
            if (!new RegExp(`\\b${name}\\.${error}\\.selector\\b`).test(tests))
                problems.push(`no test expects ${name}.${error}`);
        }
    }
    if (count === 0) problems.push('src/interfaces declares no error at all');
    return count;
}

/** Reads lcov: DA:<line>,<hits> and BRDA:<line>,<block>,<branch>,<hits or -> below SF:<file>. */
function checkBranches() {
    const folder = mkdtempSync(join(tmpdir(), 'amana-coverage-'));
    try {
        const report = join(folder, 'lcov.info');
        runFoundry('forge', ['coverage', '--no-match-contract', 'GasTest|Invariants', '--report', 'lcov', '--report-file', report]);
        let file = '';
        let branches = 0;
        for (const line of readFileSync(report, 'utf8').split('\n')) {
            if (line.startsWith('SF:')) file = line.slice(3);
            if (!file.startsWith('src/')) continue;
            const [kind, rest = ''] = line.split(':');
            const fields = rest.split(',');
            if (kind === 'BRDA') ++branches;
            if (kind !== 'BRDA' && kind !== 'DA') continue;
            const hits = fields.at(kind === 'DA' ? 1 : -1);
            if (hits === '0' || hits === '-') problems.push(`${file}:${fields[0]} is not reached (${kind})`);
        }
        if (branches === 0) problems.push('the coverage report has no branch');
        return branches;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

try {
    const errors = checkNames();
    const branches = checkBranches();
    process.stdout.write(`${errors} errors and ${branches} branches looked at\n`);
} catch (error) {
    problems.push(error.message);
}
for (const problem of problems) process.stderr.write(`check-refusals: ${problem}\n`);
process.exitCode = problems.length ? 1 : 0;
