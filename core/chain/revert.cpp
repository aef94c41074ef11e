// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/revert.h"

#include "core/chain/abi.h"
#include "core/chain/access_grants.h"
#include "core/chain/artifacts.h"
#include "core/chain/market.h"
#include "core/chain/purpose.h"
#include "core/crypto/secp256k1.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <map>

namespace amana::chain {

namespace {

using nlohmann::json;

struct Meaning {
    std::string_view solidity;
    ErrorCode code;
};

/// Every custom error of our own interfaces, and those of OpenZeppelin that a user can run into; the others are
/// ContractRefused. A test compares this table with the shipped ABIs, both ways.
constexpr std::array kMeanings{
    Meaning{"NotGovernor", ErrorCode::ContractNotGovernor},
    Meaning{"NotAdmin", ErrorCode::ContractNotAdmin},
    Meaning{"NotMember", ErrorCode::ContractNotMember},
    Meaning{"MissingRole", ErrorCode::ContractMissingRole},
    Meaning{"MemberIsSuspended", ErrorCode::ContractMemberSuspended},
    Meaning{"MemberExpired", ErrorCode::ContractMemberExpired},
    Meaning{"InstitutionInactive", ErrorCode::ContractInstitutionInactive},
    Meaning{"InvalidArgument", ErrorCode::ContractInvalidArgument},
    Meaning{"CidExists", ErrorCode::ContractCidExists},
    Meaning{"UnknownDataset", ErrorCode::ContractUnknownDataset},
    Meaning{"NotOwner", ErrorCode::ContractNotOwner},
    Meaning{"BadThreshold", ErrorCode::ContractBadThreshold},
    Meaning{"BadCustodian", ErrorCode::ContractBadCustodian},
    Meaning{"WithdrawnAlready", ErrorCode::ContractDatasetWithdrawn},
    Meaning{"DatasetIsWithdrawn", ErrorCode::ContractDatasetWithdrawn},
    Meaning{"UnknownRequest", ErrorCode::ContractUnknownRequest},
    Meaning{"PurposeNotAllowed", ErrorCode::ContractPurposeNotAllowed},
    Meaning{"EndDateInPast", ErrorCode::ContractEndDateInPast},
    Meaning{"NoKey", ErrorCode::ContractNoKey},
    Meaning{"NotCustodian", ErrorCode::ContractNotCustodian},
    Meaning{"NotRequester", ErrorCode::ContractNotRequester},
    Meaning{"BadState", ErrorCode::ContractBadState},
    Meaning{"RevisionChanged", ErrorCode::ContractRevisionChanged},
    Meaning{"KeyVersionChanged", ErrorCode::ContractKeyVersionChanged},
    Meaning{"AlreadyVoted", ErrorCode::ContractAlreadyVoted},
    Meaning{"CapsuleTooEarly", ErrorCode::ContractCapsule},
    Meaning{"CapsuleMissing", ErrorCode::ContractCapsule},
    Meaning{"CapsuleTooLarge", ErrorCode::ContractCapsule},
    Meaning{"CapsuleDigestMismatch", ErrorCode::ContractCapsule},
    Meaning{"RequestOpen", ErrorCode::ContractRequestOpen},
    Meaning{"IsPaused", ErrorCode::ContractPaused},
    Meaning{"MemberNotYetValid", ErrorCode::ContractMemberNotYetValid},
    Meaning{"NotGuardian", ErrorCode::ContractNotGuardian},
    Meaning{"NotUpgrader", ErrorCode::ContractNotUpgrader},
    Meaning{"UnknownKey", ErrorCode::ContractUnknownKey},
    Meaning{"KeyRevokedAlready", ErrorCode::ContractKeyRevokedAlready},
    Meaning{"AlreadyWithdrawn", ErrorCode::ContractAlreadyWithdrawn},
    Meaning{"BadProof", ErrorCode::ContractBadProof},
    Meaning{"DetailsMismatch", ErrorCode::ContractDetailsMismatch},
    Meaning{"BadSignature", ErrorCode::ContractBadSignature},
    Meaning{"SignatureExpired", ErrorCode::ContractSignatureExpired},
    Meaning{"GenerationLimit", ErrorCode::ContractGenerationLimit},
    Meaning{"NoOffer", ErrorCode::ContractNoOffer},
    Meaning{"NotPublished", ErrorCode::ContractNotPublished},
    Meaning{"DatasetIsSuperseded", ErrorCode::ContractDatasetSuperseded},
    Meaning{"UnknownBatch", ErrorCode::ContractUnknownBatch},
    Meaning{"BreakGlassNotPermitted", ErrorCode::ContractBreakGlassNotPermitted},
    Meaning{"ConditionNotMet", ErrorCode::ContractConditionNotMet},
    Meaning{"GenerationChanged", ErrorCode::ContractGenerationChanged},
    Meaning{"WithdrawalsChanged", ErrorCode::ContractWithdrawalsChanged},
    Meaning{"NoEmergency", ErrorCode::ContractNoEmergency},
    Meaning{"OwnEmergency", ErrorCode::ContractOwnEmergency},
    Meaning{"ReviewPending", ErrorCode::ContractReviewPending},
    Meaning{"RevisionLimit", ErrorCode::ContractRevisionLimit},
    Meaning{"BadShares", ErrorCode::ContractBadShares},
    Meaning{"NotArbiter", ErrorCode::ContractNotArbiter},
    Meaning{"NotBuyer", ErrorCode::ContractNotBuyer},
    Meaning{"NotForSale", ErrorCode::ContractNotForSale},
    Meaning{"NotGrants", ErrorCode::ContractNotGrants},
    Meaning{"NotPaid", ErrorCode::ContractNotPaid},
    Meaning{"NotRequested", ErrorCode::ContractNotRequested},
    Meaning{"NothingOwed", ErrorCode::ContractNothingOwed},
    Meaning{"TooEarly", ErrorCode::ContractTooEarly},
    Meaning{"TooLate", ErrorCode::ContractTooLate},
    Meaning{"WrongPrice", ErrorCode::ContractWrongPrice},
    Meaning{"BadPurchaseState", ErrorCode::ContractBadPurchaseState},
    Meaning{"ERC20InsufficientBalance", ErrorCode::ContractNotEnoughCredit},
    Meaning{"ERC20InsufficientAllowance", ErrorCode::ContractNotEnoughCredit},
    Meaning{"AccessControlUnauthorizedAccount", ErrorCode::ContractNotMinter}, // only the credit has such roles
    Meaning{"InsufficientBalance", ErrorCode::ContractNotEnoughCredit},
};

struct KnownError {
    ErrorCode code = ErrorCode::ContractUnknownError;
    std::string name;
    std::vector<std::string> parameters;
    AbiType type;
};

std::map<QByteArray, KnownError> readErrors()
{
    std::map<QByteArray, KnownError> known;
    for (const Artifact &artifact : artifacts()) {
        for (const json &entry : artifact.abi) {
            if (entry.at("type") != "error")
                continue;
            const std::string signature = signatureOf(entry);
            KnownError error;
            error.name = entry.at("name");
            const auto found = std::find_if(kMeanings.begin(), kMeanings.end(),
                                            [&error](const Meaning &m) { return m.solidity == error.name; });
            auto type = AbiType::parse(std::string_view(signature).substr(error.name.size()));
            if (!type)
                continue; // stays ContractUnknownError with its selector
            error.code = found == kMeanings.end() ? ErrorCode::ContractRefused : found->code;
            error.type = std::move(*type);
            for (const json &parameter : entry.at("inputs"))
                error.parameters.push_back(parameter.at("name"));
            known.emplace(abiSelector(signature), std::move(error));
        }
    }
    return known;
}

constexpr unsigned kTimeBits = 40; // every uint40 of the contracts is a time
constexpr std::uint64_t kYear10000 = 253402300800;

/// "DUO:0000021, DUO:0000018" of a mask; `otherwise` when no bit is known.
std::string terms(std::uint64_t mask, const std::string &otherwise)
{
    std::string text;
    for (const DuoTerm &term : duoTermsIn(mask))
        text += (text.empty() ? "" : ", ") + std::string(term.id);
    return text.empty() ? otherwise : text;
}

std::string stateName(std::uint64_t value, bool ofPurchase)
{
    if (ofPurchase && value <= static_cast<std::uint64_t>(PurchaseState::Refunded))
        return std::string(purchaseStateName(static_cast<PurchaseState>(value)));
    if (!ofPurchase && value <= static_cast<std::uint64_t>(RequestState::Expired))
        return std::string(requestStateName(static_cast<RequestState>(value)));
    return std::to_string(value);
}

/// Times as dates, purposes, conditions and states by their names, other numbers in decimal.
std::string printedNumber(const Uint256 &number, const AbiType &type, const std::string &name,
                          std::string_view error)
{
    const auto value = number.toUint64().value_or(kYear10000);
    if (type.size == kTimeBits && value < kYear10000)
        return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(value), Qt::UTC)
            .toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"))
            .toStdString();
    if (name == "purpose" && value < 64)
        return terms(std::uint64_t(1) << value, std::to_string(value));
    if (name == "missing")
        return terms(value, std::to_string(value));
    if (name == "state")
        return stateName(value, error == "BadPurchaseState");
    return number.toDecimal();
}

/// Addresses with checksum, short ASCII names in a bytes32 as text, other bytes in hexadecimal.
std::string printed(const AbiValue &value, const AbiType &type, const std::string &name, std::string_view error)
{
    if (const auto *number = std::get_if<Uint256>(&value))
        return printedNumber(*number, type, name, error);
    if (const auto *address = std::get_if<Address>(&value))
        return crypto::checksumAddress(*address);
    if (const auto *bytes = std::get_if<QByteArray>(&value)) {
        const QByteArray text = bytes->left(std::max<qsizetype>(bytes->indexOf('\0'), 0));
        const bool word = !text.isEmpty()
                          && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
        return word ? text.toStdString() : toHex(bytesOf(*bytes));
    }
    return {};
}

Error solidityError(ByteView arguments)
{
    auto value = abiDecode(AbiType{AbiType::Kind::Tuple, 0, {{AbiType::Kind::String, 0, {}}}}, arguments);
    std::string reason;
    if (value)
        reason = std::get<std::string>(std::get<AbiList>(*value).front());
    // The words are the contract author's; they are cut to what a log line can bear.
    std::replace_if(
        reason.begin(), reason.end(), [](unsigned char c) { return c < ' ' || c > '~'; }, '?');
    return Error(ErrorCode::ChainReverted, {{"reason", reason.substr(0, 200)}});
}

Error panic(ByteView arguments)
{
    auto value = abiDecode(AbiType{AbiType::Kind::Uint, 256, {}}, arguments);
    return Error(ErrorCode::ChainReverted, {{"panic", value ? std::get<Uint256>(*value).toQuantity() : "?"}});
}

} // namespace

Error decodeRevert(ByteView data)
{
    static const std::map<QByteArray, KnownError> known = readErrors();
    static const QByteArray kErrorString = abiSelector("Error(string)");
    static const QByteArray kPanic = abiSelector("Panic(uint256)");
    if (data.size() < 4)
        return Error(ErrorCode::ChainReverted);
    const QByteArray selector = toByteArray(data.first(4));
    const ByteView arguments = data.subspan(4);
    if (selector == kErrorString)
        return solidityError(arguments);
    if (selector == kPanic)
        return panic(arguments);
    const auto found = known.find(selector);
    if (found == known.end())
        return Error(ErrorCode::ContractUnknownError, {{"selector", "0x" + toHex(data.first(4))}});
    const KnownError &error = found->second;
    Error result(error.code, {{"error", error.name}});
    if (const auto values = abiDecode(error.type, arguments)) {
        const auto &list = std::get<AbiList>(*values);
        for (std::size_t i = 0; i < list.size(); ++i)
            result.params.emplace_back(error.parameters[i],
                                       printed(list[i], error.type.parts[i], error.parameters[i], error.name));
    }
    // The contracts call a dataset's number "id" in its own registry and "dataset" elsewhere; the texts need
    // one name.
    if (error.code == ErrorCode::ContractUnknownDataset || error.code == ErrorCode::ContractDatasetWithdrawn)
        if (const std::string id = result.param("id"); !id.empty())
            result.params.emplace_back("dataset", id);
    return result;
}

bool isRefusal(const Error &error)
{
    return errorId(error.code).starts_with("contract.");
}

} // namespace amana::chain
