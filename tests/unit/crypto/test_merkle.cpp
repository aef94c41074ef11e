// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/keccak.h"
#include "core/crypto/merkle.h"

#include <QTest>

#include <algorithm>

using namespace amana;
using namespace amana::crypto;

namespace {

std::vector<Digest> leavesOf(std::size_t count)
{
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string text = std::to_string(i);
        leaves.push_back(merkleLeaf(bytesOf(std::string_view("salt")), bytesOf(std::string_view(text))));
    }
    return leaves;
}

/// The definition, level by level, as slow as it is plain.
Digest plainRoot(std::vector<Digest> level)
{
    while (level.size() > 1) {
        std::vector<Digest> above;
        for (std::size_t i = 0; i < level.size(); i += 2)
            above.push_back(i + 1 < level.size() ? merkleNode(level[i], level[i + 1]) : level[i]);
        level = std::move(above);
    }
    return level.front();
}

} // namespace

class TestMerkle : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesAndNodesAreHashedApart()
    {
        QCOMPARE(merkleLeaf(bytesOf(std::string_view("s")), bytesOf(std::string_view("reading"))),
                 keccak256(bytesOf(std::string_view("\0sreading", 9))));
        Digest low{};
        Digest high{};
        high[0] = 0x80; // as a number greater, whatever the sign of a char
        QByteArray joined("\1", 1);
        joined += toByteArray(low) + toByteArray(high);
        QCOMPARE(merkleNode(low, high), keccak256(bytesOf(joined)));
        QCOMPARE(merkleNode(high, low), merkleNode(low, high));
        QVERIFY(merkleNode(low, high) != merkleLeaf(low, high));
    }

    void everyProofOfEverySizeLeadsToTheRoot()
    {
        for (std::size_t count = 1; count <= 70; ++count) {
            const std::vector<Digest> leaves = leavesOf(count);
            const MerkleTree tree(leaves);
            QCOMPARE(tree.leaves(), count);
            QCOMPARE(tree.root(), plainRoot(leaves));
            for (std::size_t i = 0; i < count; ++i) {
                const std::vector<Digest> proof = tree.proof(i);
                QVERIFY(std::size_t(1) << proof.size() < 2 * count); // at most ceil(log2 n)
                QCOMPARE(merkleRoot(leaves[i], proof), tree.root());
            }
        }
    }

    void whatIsNotInTheTreeIsNotProven()
    {
        const std::vector<Digest> leaves = leavesOf(11);
        const MerkleTree tree(leaves);
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            std::vector<Digest> proof = tree.proof(i);
            Digest other = leaves[i];
            other[31] ^= 1;
            QVERIFY(merkleRoot(other, proof) != tree.root());
            QVERIFY(merkleRoot(leaves[(i + 5) % leaves.size()], proof) != tree.root());
            proof.front()[0] ^= 1;
            QVERIFY(merkleRoot(leaves[i], proof) != tree.root());
        }
        // A node of the tree is no leaf: nobody finds data whose leaf it would be, and the shorter proof of a node
        // begins at a node, which the program never takes from outside.
        QVERIFY(merkleLeaf(leaves[0], leaves[1]) != merkleNode(leaves[0], leaves[1]));
    }

    void aMillionLeaves()
    {
        constexpr std::size_t kMillion = 1'000'000;
        std::vector<Digest> leaves = leavesOf(kMillion);
        const Digest last = leaves.back();
        const MerkleTree tree(std::move(leaves));
        QCOMPARE(merkleRoot(last, tree.proof(kMillion - 1)), tree.root());
    }
};

QTEST_GUILESS_MAIN(TestMerkle)
#include "test_merkle.moc"
