// SPDX-License-Identifier: GPL-3.0-or-later
// Deploys resources/contracts/*.json on a fresh anvil, in the order of README.md, and fails unless the code on the
// chain has the hash that the client compares (deployedBytecodeHash, immutables zero), and unless the contracts know
// each other.
//   node tools/check-deployed.mjs
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { foundryBinary, root, runFoundry } from './foundry.mjs';

const artifacts = join(dirname(root), 'resources', 'contracts');
const load = (name) => JSON.parse(readFileSync(join(artifacts, `${name}.json`), 'utf8'));
const word = (value) => BigInt(value).toString(16).padStart(64, '0');
const kUpgradeDelay = 48 * 3600;
/** Of the first transactions of the governor; AccessGrants names the proxy of Market before it is there. */
const kMarketProxyNonce = 9;

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

/** The code with zeros where the constructor wrote values. */
function masked(code, places) {
    const bytes = Buffer.from(code.slice(2), 'hex');
    for (const { start, length } of places) bytes.fill(0, start, start + length);
    return `0x${bytes.toString('hex')}`;
}

/** One account deploys all, so that the address of each is known from its number. */
class Deployer {
    constructor(url, from) {
        Object.assign(this, { url, from, gas: 0 });
    }

    addressAt(nonce) {
        const text = runFoundry('cast', ['compute-address', this.from, '--nonce', String(nonce)]);
        return /0x[0-9a-fA-F]{40}/.exec(text)[0].toLowerCase();
    }

    /** Gives the address of the new contract; `args` is what follows the bytecode. */
    async deploy(name, args = '') {
        const artifact = load(name);
        const data = artifact.bytecode + args;
        const hash = await rpc(this.url, 'eth_sendTransaction', [{ from: this.from, data, gas: '0x1000000' }]);
        const receipt = await receiptOf(this.url, hash);
        if (receipt.status !== '0x1') throw new Error(`${name} could not be deployed`);
        const code = await rpc(this.url, 'eth_getCode', [receipt.contractAddress, 'latest']);
        const codeHash = runFoundry('cast', ['keccak'], masked(code, artifact.immutableReferences)).trim();
        if (codeHash !== artifact.deployedBytecodeHash)
            throw new Error(`${name}: the code on the chain has hash ${codeHash}, not ${artifact.deployedBytecodeHash}`);
        const used = parseInt(receipt.gasUsed, 16);
        this.gas += used;
        process.stdout.write(`${name}: ${(code.length - 2) / 2} bytes, ${used} gas, ${codeHash}\n`);
        return receipt.contractAddress;
    }

    /** The implementation, then its proxy with the first call. */
    async deployProxied(name, constructorArgs, start) {
        const implementation = await this.deploy(name, constructorArgs.map(word).join(''));
        const padded = start.slice(2).padEnd(Math.ceil((start.length - 2) / 64) * 64, '0');
        const args = [implementation, 0x40, (start.length - 2) / 2].map(word).join('') + padded;
        return this.deploy('ERC1967Proxy', args);
    }
}

async function deployAll(url, from) {
    const deployer = new Deployer(url, from);
    const only = (address) => [1, address];
    const timelock = await deployer.deploy('TimelockController',
        [kUpgradeDelay, 0x80, 0xc0, 0, ...only(from), ...only(from)].map(word).join(''));
    const first = runFoundry('cast', ['calldata', 'initialize(address,address,address)', from, from, timelock]).trim();
    const identity = await deployer.deployProxied('IdentityRegistry', [], first);
    const credit = await deployer.deploy('ConsortiumCredit', word(from));
    const start = runFoundry('cast', ['calldata', 'initialize()']).trim();
    const datasets = await deployer.deployProxied('DatasetRegistry', [identity], start);
    const later = deployer.addressAt(kMarketProxyNonce);
    const grants = await deployer.deployProxied('AccessGrants', [identity, datasets, later], start);
    const market = await deployer.deployProxied('Market', [identity, datasets, grants, credit], start);
    process.stdout.write(`all of them: ${deployer.gas} gas\n`);
    return { timelock, identity, credit, datasets, grants, market };
}

async function expectView(url, to, call, expected) {
    const data = runFoundry('cast', ['calldata', ...call]).trim();
    const value = await rpc(url, 'eth_call', [{ to, data }, 'latest']);
    if (value !== `0x${word(expected)}`) throw new Error(`${call[0]} of ${to} is ${value}`);
}

async function main() {
    const node = await startNode();
    try {
        const [from] = await rpc(node.url, 'eth_accounts', []);
        const set = await deployAll(node.url, from);
        const upgrader = runFoundry('cast', ['keccak', 'UPGRADER']).trim();
        await expectView(node.url, set.identity, ['governor()'], from);
        await expectView(node.url, set.identity, ['hasRole(bytes32,address)', upgrader, set.timelock], 1);
        await expectView(node.url, set.identity, ['hasRole(bytes32,address)', upgrader, from], 0);
        await expectView(node.url, set.timelock, ['getMinDelay()'], kUpgradeDelay);
        for (const name of ['datasets', 'grants', 'market'])
            await expectView(node.url, set[name], ['identity()'], set.identity);
        await expectView(node.url, set.grants, ['datasets()'], set.datasets);
        await expectView(node.url, set.grants, ['market()'], set.market);
        await expectView(node.url, set.market, ['datasets()'], set.datasets);
        await expectView(node.url, set.market, ['grants()'], set.grants);
        await expectView(node.url, set.market, ['credit()'], set.credit);
    } finally {
        node.stop();
    }
}

main().catch((error) => {
    process.stderr.write(`check-deployed: ${error.message}\n`);
    process.exitCode = 1;
});
