// SPDX-License-Identifier: GPL-3.0-or-later
// What layout/<Name>.json says: where each variable of an upgradeable contract stands. A change that moves one of
// them would read the wrong data after an upgrade, so it must be seen in review.

/** Ids of the syntax tree change with unrelated edits; only what decides places is kept. */
function readable(type, types) {
    const { label, numberOfBytes, members } = types[type];
    const fields = members?.map((member) => `${member.slot}+${member.offset} ${readable(member.type, types).type} ${member.label}`);
    return { type: label, bytes: Number(numberOfBytes), ...(fields && { fields }) };
}

/** Structs that stand in mappings and arrays are named in their type; their fields are listed once. */
function structsOf(types) {
    return Object.fromEntries(Object.entries(types).filter(([, type]) => type.members)
        .map(([id, type]) => [type.label, readable(id, types).fields]).sort());
}

export function layoutText(built) {
    const { storage, types } = built.storageLayout;
    const variables = storage.map(({ label, slot, offset, type }) =>
        ({ label, slot: Number(slot), offset, type: types[type].label, bytes: Number(types[type].numberOfBytes) }));
    return `${JSON.stringify({ variables, structs: structsOf(types ?? {}) }, null, 2)}\n`;
}
