// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/reading_proof.h"

#include "core/crypto/merkle.h"
#include "core/crypto/secp256k1.h"

#include <nlohmann/json.hpp>

namespace amana::sharing {

namespace {

using nlohmann::json;

constexpr char kType[] = "amana-reading-proof";
constexpr std::uint64_t kVersion = 1;
constexpr qsizetype kMaxFile = qsizetype(4) << 20; ///< a reading has at most 1 MiB, and JSON may escape it
constexpr std::uint64_t kMaxReadings = std::uint64_t(1) << 40;
constexpr std::size_t kMaxSiblings = 64;

tl::unexpected<Error> malformed(const char *place)
{
    return fail(ErrorCode::ReadingsProofMalformed, {{"place", place}});
}

json parsed(const QByteArray &bytes)
{
    return bytes.size() > kMaxFile ? json() : json::parse(bytes.begin(), bytes.end(), nullptr, false);
}

Result<std::uint64_t> numberAt(const json &object, const char *name)
{
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_unsigned())
        return malformed(name);
    return found->get<std::uint64_t>();
}

Result<std::string> textAt(const json &object, const char *name)
{
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string())
        return malformed(name);
    return found->get<std::string>();
}

Result<Digest> digestOf(const json &value, const char *place)
{
    const auto digest = value.is_string() ? digestFromHex(value.get_ref<const std::string &>())
                                          : Result<Digest>(malformed(place));
    if (!digest)
        return malformed(place);
    return *digest;
}

Result<Digest> digestAt(const json &object, const char *name)
{
    const auto found = object.find(name);
    return digestOf(found == object.end() ? json() : *found, name);
}

} // namespace

Digest leafOf(const ReadingProof &proof)
{
    return crypto::merkleLeaf(proof.salt, bytesOf(proof.reading));
}

Status checkProof(const ReadingProof &proof)
{
    if (crypto::merkleRoot(leafOf(proof), proof.siblings) != proof.root)
        return fail(ErrorCode::ReadingsProofWrong, {{"batch", std::to_string(proof.batch)}});
    return {};
}

QByteArray proofToJson(const ReadingProof &proof)
{
    json siblings = json::array();
    for (const Digest &sibling : proof.siblings)
        siblings.push_back("0x" + toHex(sibling));
    const json file{{"type", kType},
                    {"version", kVersion},
                    {"chainId", proof.chainId},
                    {"contract", crypto::checksumAddress(proof.contract)},
                    {"batch", proof.batch},
                    {"readings", proof.readings},
                    {"root", "0x" + toHex(proof.root)},
                    {"index", proof.index},
                    {"salt", "0x" + toHex(proof.salt)},
                    {"reading", proof.reading},
                    {"siblings", siblings}};
    return QByteArray::fromStdString(file.dump(2) + "\n");
}

Result<ReadingProof> proofFromJson(const QByteArray &bytes)
{
    const json file = parsed(bytes);
    if (!file.is_object() || file.value("type", json()) != kType)
        return malformed("type");
    if (file.value("version", json()) != kVersion)
        return malformed("version");
    ReadingProof proof;
    AMANA_TRY(proof.chainId, numberAt(file, "chainId"));
    AMANA_TRY(const std::string contract, textAt(file, "contract"));
    const auto address = crypto::parseAddress(contract);
    if (!address)
        return malformed("contract");
    proof.contract = *address;
    AMANA_TRY(proof.batch, numberAt(file, "batch"));
    AMANA_TRY(proof.readings, numberAt(file, "readings"));
    AMANA_TRY(proof.root, digestAt(file, "root"));
    AMANA_TRY(proof.index, numberAt(file, "index"));
    AMANA_TRY(proof.salt, digestAt(file, "salt"));
    AMANA_TRY(proof.reading, textAt(file, "reading"));
    const auto siblings = file.find("siblings");
    if (siblings == file.end() || !siblings->is_array() || siblings->size() > kMaxSiblings)
        return malformed("siblings");
    for (const json &sibling : *siblings) {
        AMANA_TRY(const Digest digest, digestOf(sibling, "siblings"));
        proof.siblings.push_back(digest);
    }
    if (proof.readings > kMaxReadings || proof.index >= proof.readings)
        return malformed("index");
    return proof;
}

bool isProofFile(const QByteArray &bytes)
{
    const json file = parsed(bytes);
    return file.is_object() && file.value("type", json()) == kType;
}

} // namespace amana::sharing
