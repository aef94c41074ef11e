// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/withdrawal.h"

#include "core/chain/eip712.h"
#include "core/chain/registered_dataset.h"
#include "core/chain/typed_messages.h"
#include "core/crypto/merkle.h"
#include "core/crypto/random.h"
#include "core/sharing/drafts.h"

#include <nlohmann/json.hpp>

#include <QtEndian>

#include <algorithm>

namespace amana::sharing {

namespace {

using nlohmann::json;

constexpr std::uint64_t kSignatureHolds = 3600; // seconds from sending to mining

/// keccak256(0x00 ‖ uint32 index ‖ address ‖ salt), as IDatasetRegistry.Details tells.
Digest leafOf(std::uint32_t index, const Address &address, const Digest &salt)
{
    QByteArray packed(4, '\0');
    qToBigEndian(index, packed.data());
    packed += toByteArray(address) + toByteArray(salt);
    return crypto::merkleLeaf({}, bytesOf(packed));
}

json toJson(const chain::SubjectProof &proof)
{
    json siblings = json::array();
    for (const Digest &sibling : proof.siblings)
        siblings.push_back(toHex(sibling));
    return {{"index", proof.index}, {"salt", toHex(proof.salt)}, {"siblings", siblings}};
}

Result<WithdrawalRight> rightFromJson(const json &object)
{
    chain::SubjectProof proof;
    proof.index = object.at("index").get<std::uint32_t>();
    AMANA_TRY(proof.salt, digestFromHex(object.at("salt").get_ref<const std::string &>()));
    for (const json &sibling : object.at("siblings")) {
        AMANA_TRY(const Digest digest, digestFromHex(sibling.get_ref<const std::string &>()));
        proof.siblings.push_back(digest);
    }
    AMANA_TRY(const Digest secret, digestFromHex(object.at("key").get_ref<const std::string &>()));
    AMANA_TRY(crypto::SigningKey key, crypto::SigningKey::fromSecret(SecretBytes(secret)));
    return WithdrawalRight{object.at("pseudonym").get<std::string>(), std::move(proof), std::move(key)};
}

/// Of the dataset that a draft of this vault became.
Result<std::vector<WithdrawalRight>> rightsOf(const Actor &actor, std::uint64_t dataset)
{
    Drafts drafts(actor.library);
    AMANA_TRY(const std::vector<Draft> all, drafts.list());
    const auto draft = std::find_if(all.begin(), all.end(), [&](const Draft &d) { return d.dataset == dataset; });
    if (draft == all.end())
        return fail(ErrorCode::SharingNotPublishedHere, {{"dataset", std::to_string(dataset)}});
    AMANA_TRY(const SecretBytes text, actor.library.draft(draft->id + ".withdrawals"));
    return withdrawalRightsFromSecret(text.text());
}

} // namespace

WithdrawalRights makeWithdrawalRights(std::span<const std::string> pseudonyms)
{
    WithdrawalRights made;
    std::vector<Digest> leaves;
    for (std::uint32_t index = 1; index <= pseudonyms.size(); ++index) {
        WithdrawalRight right{pseudonyms[index - 1], {index, crypto::randomDigest(), {}},
                              crypto::SigningKey::generate()};
        leaves.push_back(leafOf(index, right.key.address(), right.proof.salt));
        made.rights.push_back(std::move(right));
    }
    const crypto::MerkleTree tree(std::move(leaves));
    made.root = tree.root();
    for (std::size_t i = 0; i < made.rights.size(); ++i)
        made.rights[i].proof.siblings = tree.proof(i);
    return made;
}

Withdrawal withdrawalOf(const WithdrawalRight &right)
{
    return {right.proof.index, right.key.address(), right.proof.salt, right.proof.siblings};
}

SecretBytes withdrawalRightsToSecret(std::span<const WithdrawalRight> rights)
{
    json list = json::array();
    for (const WithdrawalRight &right : rights) {
        json object = toJson(right.proof);
        object["pseudonym"] = right.pseudonym;
        object["key"] = toHex(right.key.secret().view());
        list.push_back(std::move(object));
    }
    std::string text = list.dump();
    SecretBytes secret = SecretBytes::fromText(text);
    secureWipe(text.data(), text.size());
    return secret;
}

Result<std::vector<WithdrawalRight>> withdrawalRightsFromSecret(std::string_view text)
{
    const json list = json::parse(text, nullptr, false);
    std::vector<WithdrawalRight> rights;
    try {
        for (const json &object : list) {
            AMANA_TRY(WithdrawalRight right, rightFromJson(object));
            rights.push_back(std::move(right));
        }
    } catch (const json::exception &) { // its text may quote a key: not passed on
        return fail(ErrorCode::StoreCorrupt, {{"place", "withdrawals"}});
    }
    return rights;
}

Result<chain::Receipt> withdrawSubject(Actor &actor, std::uint64_t datasetId, const std::string &pseudonym)
{
    AMANA_TRY(const std::vector<WithdrawalRight> rights, rightsOf(actor, datasetId));
    const auto right = std::find_if(rights.begin(), rights.end(),
                                    [&](const WithdrawalRight &r) { return r.pseudonym == pseudonym; });
    if (right == rights.end() || pseudonym.empty())
        return fail(ErrorCode::SharingUnknownSubject, {{"subject", pseudonym}});
    AMANA_TRY(const chain::Dataset dataset, chain::registeredDataset(actor.chain, actor.index, datasetId));
    AMANA_TRY(const chain::Block head, actor.chain.head());
    const chain::WithdrawSubjectMessage message{datasetId, right->proof.index, head.time + kSignatureHolds};
    const chain::NetworkProfile &network = actor.chain.profile();
    const chain::Signed by{right->key.address(), message.deadline,
                           chain::signTypedData(message.structHash(), network.chainId, network.contracts.datasets,
                                                right->key)};
    chain::Call call =
        chain::DatasetRegistry(actor.chain).withdrawSubjectBySig(datasetId, dataset, right->proof, by);
    call.dedupeKey = "withdrawSubject/" + std::to_string(datasetId) + "/" + std::to_string(right->proof.index);
    return actor.outbox.send(actor.chain, actor.chainKey, call);
}

} // namespace amana::sharing
