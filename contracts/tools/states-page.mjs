// SPDX-License-Identifier: GPL-3.0-or-later
// Writes STATES.md: the tables of test/data/*-states.json, which the tests of the contracts run through, for people.
// With --check it writes nothing, and fails if the page differs.
//   node tools/states-page.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './foundry.mjs';

const page = join(root, 'STATES.md');
const load = (name) => JSON.parse(readFileSync(join(root, 'test', 'data', `${name}-states.json`), 'utf8'));

/** "other" stands for what is not named. */
const named = (values, name) => values[name] ?? values.other;

function outcome(table, operation, state, role) {
    const value = named(named(table[operation], state), role);
    if (typeof value !== 'string') throw new Error(`${operation} has no outcome for ${state} and ${role}`);
    return value.split('; ').map((part) => {
        if (part === 'same' || part === state) return 'allowed';
        return table.states.includes(part) ? `**${part}**` : part;
    }).join(', then ');
}

function operationTable(table, operation) {
    const head = `| state | ${table.roles.join(' | ')} |\n|${'---|'.repeat(table.roles.length + 1)}`;
    const rows = table.states.map((state) =>
        `| ${state} | ${table.roles.map((role) => outcome(table, operation, state, role)).join(' | ')} |`);
    return `### ${operation}\n${head}\n${rows.join('\n')}\n`;
}

function section(title, words, table) {
    return `## ${title}\n${words}\n\n${table.operations.map((operation) => operationTable(table, operation)).join('\n')}`;
}

function pageText() {
    const market = load('market');
    const terms = Object.entries(market.terms).map(([state, term]) => `${state} ${term}`).join(', ');
    return [
        '# Who may do what, in which state\n',
        'Made by `node tools/states-page.mjs` from `test/data/request-states.json` and `market-states.json`, which the',
        'tests run through case by case. **Bold** is the next state, *allowed* leaves the state as it is, anything else is',
        'the name of the refusal.\n',
        section('Requests and grants', 'Of `AccessGrants`; `revokeAll` and `withdrawDataset` are of `DatasetRegistry`.',
            load('request')),
        section('Purchases', `Of \`Market\`; \`approve\` is of \`AccessGrants\`. "A, then B": B once the term of the state is over (${terms}).`,
            market),
    ].join('\n');
}

const text = pageText();
if (!process.argv.includes('--check')) {
    writeFileSync(page, text);
} else if (!existsSync(page) || readFileSync(page, 'utf8') !== text) {
    process.stderr.write('states-page: STATES.md differs from the tables; run "npm run export" and commit\n');
    process.exitCode = 1;
}
