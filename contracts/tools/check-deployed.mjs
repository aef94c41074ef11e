// SPDX-License-Identifier: GPL-3.0-or-later
// Deploys resources/contracts/*.json on a fresh anvil and fails unless the code on the chain has the hash that the
// client compares (deployedBytecodeHash), and unless the contracts know each other.
//   node tools/check-deployed.mjs
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { foundryBinary, root, runFoundry } from './foundry.mjs';

const artifacts = join(dirname(root), 'resources', 'contracts');
const load = (name) => JSON.parse(readFileSync(join(artifacts, `${name}.json`), 'utf8'));
const word = (address) => address.slice(2).toLowerCase().padStart(64, '0');

/** A node on a free port, and the means to end it. */
function startNode() {
    const path = foundryBinary('anvil');
    if (!path) throw new Error('contracts/node_modules is missing; run "npm ci" in contracts/');
    const child = spawn(path, ['--port', '0', '--chain-id', '726662', '--no-cors'], { stdio: ['ignore', 'pipe', 'pipe'] });
    return new Promise((resolve, reject) => {
        let text = '';
        child.stderr.on('data', (data) => { text += data; });
        child.stdout.on('data', (data) => {
            text += data;
            const match = /Listening on (127\.0\.0\.1:\d+)/.exec(text);
            if (match) resolve({ url: `http://${match[1]}`, stop: () => child.kill() });
        });
        child.on('error', reject);
        child.on('exit', (code) => reject(new Error(`anvil ended with ${code}\n${text}`)));
    });
}

async function rpc(url, method, params) {
    const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) });
    const { result, error } = await reply.json();
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
}

/** The node answers before its block is made, so the receipt comes a little later. */
async function receiptOf(url, hash) {
    for (let attempt = 0; attempt < 300; ++attempt) {
        const receipt = await rpc(url, 'eth_getTransactionReceipt', [hash]);
        if (receipt) return receipt;
        await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    throw new Error(`no receipt of ${hash} in 30 s`);
}

async function deploy(url, from, name, constructorWords) {
    const artifact = load(name);
    const data = artifact.bytecode + constructorWords.join('');
    const hash = await rpc(url, 'eth_sendTransaction', [{ from, data, gas: '0x1000000' }]);
    const receipt = await receiptOf(url, hash);
    if (receipt.status !== '0x1') throw new Error(`${name} could not be deployed`);
    const code = await rpc(url, 'eth_getCode', [receipt.contractAddress, 'latest']);
    const codeHash = runFoundry('cast', ['keccak'], code).trim();
    if (codeHash !== artifact.deployedBytecodeHash)
        throw new Error(`${name}: the code on the chain has hash ${codeHash}, not ${artifact.deployedBytecodeHash}`);
    process.stdout.write(`${name}: ${(code.length - 2) / 2} bytes, ${parseInt(receipt.gasUsed, 16)} gas, ${codeHash}\n`);
    return receipt.contractAddress;
}

async function expectView(url, to, signature, expected) {
    const data = runFoundry('cast', ['sig', signature]).trim();
    const value = await rpc(url, 'eth_call', [{ to, data }, 'latest']);
    if (value !== `0x${word(expected)}`) throw new Error(`${signature} of ${to} is ${value}`);
}

async function main() {
    const node = await startNode();
    try {
        const [from] = await rpc(node.url, 'eth_accounts', []);
        const identity = await deploy(node.url, from, 'IdentityRegistry', [word(from)]);
        const datasets = await deploy(node.url, from, 'DatasetRegistry', [word(identity)]);
        const grants = await deploy(node.url, from, 'AccessGrants', [word(identity), word(datasets)]);
        await expectView(node.url, identity, 'governor()', from);
        await expectView(node.url, datasets, 'identity()', identity);
        await expectView(node.url, grants, 'identity()', identity);
        await expectView(node.url, grants, 'datasets()', datasets);
    } finally {
        node.stop();
    }
}

main().catch((error) => {
    process.stderr.write(`check-deployed: ${error.message}\n`);
    process.exitCode = 1;
});
