#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check_proof.py PROOF.json: checks a proof of a reading by core/sharing/READINGS.md, with nothing of Amana and nothing
but Python. Prints the root that the reading leads to; exit 1 when it is not the one that the file names."""
import json
import sys

ROTATIONS = [[0, 36, 3, 41, 18], [1, 44, 10, 45, 2], [62, 6, 43, 15, 61], [28, 55, 25, 21, 56], [27, 20, 39, 8, 14]]
MASK = (1 << 64) - 1


def rotate(value, by):
    return (value << by | value >> (64 - by)) & MASK if by else value


def permute(a):
    """Keccak-f[1600] (FIPS 202, section 3.3)."""
    state = 1
    for _ in range(24):
        c = [a[x][0] ^ a[x][1] ^ a[x][2] ^ a[x][3] ^ a[x][4] for x in range(5)]
        d = [c[(x - 1) % 5] ^ rotate(c[(x + 1) % 5], 1) for x in range(5)]
        b = [[0] * 5 for _ in range(5)]
        for x in range(5):
            for y in range(5):
                b[y][(2 * x + 3 * y) % 5] = rotate(a[x][y] ^ d[x], ROTATIONS[x][y])
        a = [[b[x][y] ^ (~b[(x + 1) % 5][y] & b[(x + 2) % 5][y] & MASK) for y in range(5)] for x in range(5)]
        for j in range(7):
            if state & 1:
                a[0][0] ^= 1 << ((1 << j) - 1)
            state = state << 1 ^ (0x171 if state & 0x80 else 0)
    return a


def keccak256(data):
    rate = 136
    padded = bytearray(data) + b"\x01" + b"\x00" * (-(len(data) + 1) % rate)
    padded[-1] |= 0x80
    a = [[0] * 5 for _ in range(5)]
    for block in range(0, len(padded), rate):
        for i in range(rate // 8):
            a[i % 5][i // 5] ^= int.from_bytes(padded[block + 8 * i:block + 8 * i + 8], "little")
        a = permute(a)
    return b"".join(a[i % 5][i // 5].to_bytes(8, "little") for i in range(4))


def unhex(text):
    assert text.startswith("0x") and len(text) == 66, text
    return bytes.fromhex(text[2:])


def main():
    assert keccak256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
    with open(sys.argv[1], encoding="utf-8") as file:
        proof = json.load(file)
    assert proof["type"] == "amana-reading-proof" and proof["version"] == 1
    node = keccak256(b"\x00" + unhex(proof["salt"]) + proof["reading"].encode("utf-8"))
    for sibling in map(unhex, proof["siblings"]):
        node = keccak256(b"\x01" + min(node, sibling) + max(node, sibling))
    print("0x" + node.hex())
    return 0 if node == unhex(proof["root"]) else 1


if __name__ == "__main__":
    sys.exit(main())
