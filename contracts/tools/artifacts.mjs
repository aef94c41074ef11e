// SPDX-License-Identifier: GPL-3.0-or-later
// What resources/contracts/<Name>.json says of a contract: no path, no time, nothing of the machine that built it.
import { runFoundry } from './foundry.mjs';

/** EIP-170: longer code cannot be deployed. */
const kMaxCode = 24576;

/** Where the constructor writes values into the code, in bytes: these places are zero in the hash. */
function immutablePlaces(references) {
    return Object.values(references ?? {}).flat().map(({ start, length }) => ({ start, length }))
        .sort((left, right) => left.start - right.start);
}

export function artifactText(name, built) {
    const code = built.deployedBytecode;
    if (Object.keys(built.bytecode.linkReferences ?? {}).length !== 0)
        throw new Error(`${name} needs a linked library`);
    const size = (code.object.length - 2) / 2;
    if (size > kMaxCode) throw new Error(`${name} has ${size} bytes of code, more than ${kMaxCode}`);
    const { compiler, settings } = built.metadata;
    const artifact = {
        contractName: name,
        abi: built.abi,
        bytecode: built.bytecode.object,
        // Of the code with zeros in the places below. Through standard input: it is longer than an argument may be
        // on some systems.
        deployedBytecodeHash: runFoundry('cast', ['keccak'], code.object).trim(),
        immutableReferences: immutablePlaces(code.immutableReferences),
        compiler: `solc ${compiler.version}`,
        settings: {
            evmVersion: settings.evmVersion,
            optimizer: settings.optimizer,
            metadata: settings.metadata,
        },
    };
    return `${JSON.stringify(artifact, null, 2)}\n`;
}
