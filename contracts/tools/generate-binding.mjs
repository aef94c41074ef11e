// SPDX-License-Identifier: GPL-3.0-or-later
// Writes core/chain/binding.h from the ABIs in resources/contracts: every function, event and error of the
// contracts that the client calls. With --check it writes nothing, and fails if the file differs.
//   node tools/generate-binding.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, runFoundry } from './foundry.mjs';

const kContracts = {
    IdentityRegistry: 'identity',
    DatasetRegistry: 'datasets',
    AccessGrants: 'access',
    Market: 'market',
    ConsortiumCredit: 'credit',
};
const artifacts = join(dirname(root), 'resources', 'contracts');
const target = join(dirname(root), 'core', 'chain', 'binding.h');

const tuple = (parameters) => `(${parameters.map(canonical).join(',')})`;
const canonical = (p) => (p.type.startsWith('tuple') ? tuple(p.components) + p.type.slice(5) : p.type);
const signature = (entry) => entry.name + tuple(entry.inputs);
const title = (name) => name[0].toUpperCase() + name.slice(1);
const quoted = (text) => `"${text}"`;

/** keccak256 of each text, in one run of cast. */
function hashes(texts) {
    const lines = texts.map((text) => runFoundry('cast', ['keccak', text]).trim());
    return new Map(texts.map((text, i) => [text, lines[i].slice(2)]));
}

/** A constant's name: k and the ABI's name; ALL_CAPS names of OpenZeppelin become CamelCase. */
function constant(name) {
    const words = /^[A-Z0-9_]+$/.test(name) ? name.toLowerCase().split('_').map(title).join('') : name;
    return `k${title(words)}`;
}

/** Solidity knows overloads; the client needs one name each. */
function distinct(entries, contract) {
    const names = entries.map((entry) => constant(entry.name));
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice) throw new Error(`${contract} overloads ${twice}`);
    return entries;
}

function section(contract, space, abi, hashOf) {
    const of = (type) => distinct(abi.filter((entry) => entry.type === type), contract);
    const line = (kind, name, fields) => `inline constexpr ${kind} ${name}{${fields.join(', ')}};`;
    const lines = [];
    for (const f of of('function'))
        lines.push(line('Function', constant(f.name),
            [quoted(contract), quoted(signature(f)), quoted(tuple(f.outputs)), `0x${hashOf(signature(f)).slice(0, 8)}`]));
    for (const e of of('event'))
        lines.push(line('Event', `${constant(e.name)}Event`,
            [quoted(contract), quoted(signature(e)), quoted(tuple(e.inputs.filter((i) => i.indexed))),
                quoted(tuple(e.inputs.filter((i) => !i.indexed))), quoted(hashOf(signature(e)))]));
    for (const e of of('error'))
        lines.push(line('Refusal', `${constant(e.name)}Refusal`,
            [quoted(contract), quoted(signature(e)), `0x${hashOf(signature(e)).slice(0, 8)}`]));
    return `namespace ${space} {\n${lines.join('\n')}\n} // namespace ${space}\n`;
}

function list(kind, name, abis, type, suffix) {
    const names = Object.entries(kContracts).flatMap(([contract, space]) =>
        abis[contract].filter((entry) => entry.type === type).map((entry) => `${space}::${constant(entry.name)}${suffix}`));
    return `inline constexpr ${kind} ${name}[] = {\n    ${names.join(',\n    ')}};\n`;
}

function header() {
    const abis = Object.fromEntries(Object.keys(kContracts).map((contract) =>
        [contract, JSON.parse(readFileSync(join(artifacts, `${contract}.json`), 'utf8')).abi]));
    const texts = Object.values(abis).flat().filter((e) => ['function', 'event', 'error'].includes(e.type)).map(signature);
    const known = hashes([...new Set(texts)]);
    const hashOf = (text) => known.get(text);
    return `// SPDX-License-Identifier: GPL-3.0-or-later
// Written by contracts/tools/generate-binding.mjs from resources/contracts; do not edit.
// clang-format off
#pragma once

#include <cstdint>
#include <string_view>

/// Every function, event and error of the contracts that the client calls. A test recomputes selectors, topics and
/// types from the shipped ABIs.
namespace amana::chain::binding {

struct Function {
    std::string_view contract;
    std::string_view signature;
    std::string_view returns; ///< a tuple type; "()" for none
    std::uint32_t selector;   ///< first four bytes of keccak256(signature)
};

struct Event {
    std::string_view contract;
    std::string_view signature;
    std::string_view indexed; ///< types of the topics after the first, as a tuple
    std::string_view data;    ///< types of the other arguments, as a tuple
    std::string_view topic;   ///< keccak256(signature), hex
};

struct Refusal {
    std::string_view contract;
    std::string_view signature;
    std::uint32_t selector; ///< first four bytes of keccak256(signature)
};

${Object.entries(kContracts).map(([contract, space]) => section(contract, space, abis[contract], hashOf)).join('\n')}
${list('Function', 'kFunctions', abis, 'function', '')}
${list('Event', 'kEvents', abis, 'event', 'Event')}
${list('Refusal', 'kRefusals', abis, 'error', 'Refusal')}
} // namespace amana::chain::binding
`;
}

try {
    const text = header();
    if (!process.argv.includes('--check')) writeFileSync(target, text);
    else if (!existsSync(target) || readFileSync(target, 'utf8') !== text)
        throw new Error('core/chain/binding.h differs from the ABIs; run "npm run export" and commit');
} catch (error) {
    process.stderr.write(`generate-binding: ${error.message}\n`);
    process.exitCode = 1;
}
