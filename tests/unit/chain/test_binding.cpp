// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/abi.h"
#include "core/chain/artifacts.h"
#include "core/chain/binding.h"
#include "core/chain/revert.h"
#include "core/crypto/keccak.h"
#include "core/crypto/secp256k1.h"

#include <QTest>
#include <QtEndian>

#include <algorithm>
#include <map>
#include <set>

using namespace amana;
using namespace amana::chain;
using nlohmann::json;

namespace {

const Artifact &artifactOf(std::string_view name)
{
    for (const Artifact &artifact : artifacts())
        if (artifact.name == name)
            return artifact;
    qFatal("no such contract");
}

/// "(types)" of a list of ABI parameters, written by another function than the program's.
std::string tupleOf(const json &parameters)
{
    std::string text;
    for (const json &parameter : parameters) {
        std::string name = parameter.at("type");
        if (name.rfind("tuple", 0) == 0)
            name = tupleOf(parameter.at("components")) + name.substr(5);
        text += (text.empty() ? "" : ",") + name;
    }
    return "(" + text + ")";
}

const json *entryOf(const Artifact &artifact, const std::string &type, std::string_view signature)
{
    for (const json &entry : artifact.abi)
        if (entry.at("type") == type
            && entry.at("name").get<std::string>() + tupleOf(entry.at("inputs")) == signature)
            return &entry;
    return nullptr;
}

/// A value of a type, for filling in errors.
AbiValue sample(const AbiType &type)
{
    switch (type.kind) {
    case AbiType::Kind::Address: {
        Address address{};
        address.fill(0x11);
        return address;
    }
    case AbiType::Kind::FixedBytes:
        return QByteArray("institution").leftJustified(static_cast<qsizetype>(type.size), '\0');
    case AbiType::Kind::String:
        return std::string("text");
    default:
        return std::uint64_t(7);
    }
}

/// What a parameter with the sample value is to read as.
std::string expectedText(const json &input, std::string_view error)
{
    const std::string type = input.at("type");
    const std::string name = input.at("name");
    if (type == "address")
        return "0x1111111111111111111111111111111111111111";
    if (type == "bytes32")
        return "institution";
    if (type == "uint40")
        return "1970-01-01 00:00 UTC";
    if (type == "string")
        return {};
    if (name == "missing") // bits 0, 1 and 2
        return "DUO:0000042, DUO:0000006, DUO:0000007";
    return name == "state" && error != "BadPurchaseState" ? "expired" : "7";
}

std::uint32_t firstFourBytes(std::string_view signature)
{
    const QByteArray selector = abiSelector(signature);
    return qFromBigEndian<quint32>(selector.constData());
}

/// Those that the client speaks to; the timelock and the proxy are only deployed and compared.
bool isBound(const Artifact &artifact)
{
    return std::any_of(std::begin(binding::kFunctions), std::end(binding::kFunctions),
                       [&](const binding::Function &f) { return f.contract == artifact.name; });
}

} // namespace

class TestBinding : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void functionsAreThoseOfTheContracts()
    {
        for (const binding::Function &function : binding::kFunctions) {
            const Artifact &artifact = artifactOf(function.contract);
            const json *entry = entryOf(artifact, "function", function.signature);
            QVERIFY2(entry != nullptr, std::string(function.signature).c_str());
            QCOMPARE(tupleOf(entry->at("outputs")), std::string(function.returns));
            QCOMPARE(function.selector, firstFourBytes(function.signature));
            // The compiler put the same bytes into the dispatcher of the contract; leading zeros it saves.
            QByteArray selector = abiSelector(function.signature);
            while (selector.startsWith('\0'))
                selector.remove(0, 1);
            QVERIFY2(artifact.bytecode.contains(selector), std::string(function.signature).c_str());
        }
    }

    void everyFunctionIsBound()
    {
        std::set<std::string> bound;
        for (const binding::Function &function : binding::kFunctions)
            bound.insert(std::string(function.contract) + "." + std::string(function.signature));
        for (const Artifact &artifact : artifacts())
            for (const json &entry : artifact.abi)
                if (entry.at("type") == "function" && isBound(artifact))
                    QVERIFY2(bound.contains(artifact.name + "." + signatureOf(entry)),
                             signatureOf(entry).c_str());
    }

    void eventsAreThoseOfTheContracts()
    {
        std::set<std::string> bound;
        for (const binding::Event &event : binding::kEvents) {
            const Artifact &artifact = artifactOf(event.contract);
            const json *entry = entryOf(artifact, "event", event.signature);
            QVERIFY2(entry != nullptr, std::string(event.signature).c_str());
            json indexed = json::array();
            json data = json::array();
            for (const json &input : entry->at("inputs"))
                (input.at("indexed").get<bool>() ? indexed : data).push_back(input);
            QCOMPARE(tupleOf(indexed), std::string(event.indexed));
            QCOMPARE(tupleOf(data), std::string(event.data));
            QCOMPARE(std::string(event.topic), toHex(abiTopic(event.signature)));
            bound.insert(artifact.name + "." + std::string(event.signature));
        }
        for (const Artifact &artifact : artifacts())
            for (const json &entry : artifact.abi)
                if (entry.at("type") == "event" && isBound(artifact))
                    QVERIFY2(bound.contains(artifact.name + "." + signatureOf(entry)),
                             signatureOf(entry).c_str());
    }

    void errorsAreThoseOfTheContracts()
    {
        for (const binding::Refusal &refusal : binding::kRefusals) {
            QVERIFY2(entryOf(artifactOf(refusal.contract), "error", refusal.signature) != nullptr,
                     std::string(refusal.signature).c_str());
            QCOMPARE(refusal.selector, firstFourBytes(refusal.signature));
        }
    }

    // Each error of each ABI, with arguments, comes back as a contract.* code with its arguments by name.
    void everyErrorHasItsCode()
    {
        std::map<std::string, ErrorCode> codes;
        for (const Artifact &artifact : artifacts()) {
            for (const json &entry : artifact.abi) {
                if (entry.at("type") != "error" || !isBound(artifact))
                    continue;
                const std::string signature = signatureOf(entry);
                const AbiType type = AbiType::parse(tupleOf(entry.at("inputs"))).value();
                AbiList arguments;
                for (const AbiType &part : type.parts)
                    arguments.push_back(sample(part));
                const QByteArray data = abiCall(signature, arguments).value();
                const Error error = decodeRevert(bytesOf(data));
                QVERIFY2(errorId(error.code).starts_with("contract."), signature.c_str());
                QVERIFY2(error.code != ErrorCode::ContractUnknownError, signature.c_str());
                QCOMPARE(error.param("error"), entry.at("name").get<std::string>());
                for (const json &input : entry.at("inputs")) {
                    const std::string value = error.param(input.at("name").get<std::string>());
                    QCOMPARE(value, expectedText(input, error.param("error")));
                }
                codes[error.param("error")] = error.code;
            }
        }
        const auto ours = std::count_if(codes.begin(), codes.end(), [](const auto &entry) {
            return entry.second != ErrorCode::ContractRefused;
        });
        QVERIFY2(ours >= 66, qPrintable(QString::number(ours))); // what is left are OpenZeppelin's own, which a user does not run into
        const QByteArray purpose =
            abiCall("PurposeNotAllowed(uint64,uint8)", {std::uint64_t(3), std::uint64_t(4)}).value();
        QCOMPARE(decodeRevert(bytesOf(purpose)).param("purpose"), "DUO:0000043");
        const QByteArray unknown = abiCall("UnknownDataset(uint64)", {std::uint64_t(3)}).value();
        QCOMPARE(decodeRevert(bytesOf(unknown)).param("dataset"), "3");
        QCOMPARE(codes.at("MissingRole"), ErrorCode::ContractMissingRole);
        QCOMPARE(codes.at("CapsuleTooEarly"), ErrorCode::ContractCapsule);
    }

    void otherRevertsAreTold()
    {
        const QByteArray text = abiCall("Error(string)", {std::string("not\nyours")}).value();
        QCOMPARE(decodeRevert(bytesOf(text)).code, ErrorCode::ChainReverted);
        QCOMPARE(decodeRevert(bytesOf(text)).param("reason"), "not?yours");
        const QByteArray panic = abiCall("Panic(uint256)", {std::uint64_t(0x11)}).value();
        QCOMPARE(decodeRevert(bytesOf(panic)).param("panic"), "0x11");
        const Error unknown = decodeRevert(bytesOf(QByteArray("\xde\xad\xbe\xef")));
        QCOMPARE(unknown.code, ErrorCode::ContractUnknownError);
        QCOMPARE(unknown.param("selector"), "0xdeadbeef");
        QCOMPARE(decodeRevert({}).code, ErrorCode::ChainReverted);
        // A known error with arguments cut off keeps its code.
        const QByteArray cut = abiSelector("MissingRole(address,uint32)") + QByteArray(10, '\0');
        QCOMPARE(decodeRevert(bytesOf(cut)).code, ErrorCode::ContractMissingRole);
    }
};

QTEST_GUILESS_MAIN(TestBinding)
#include "test_binding.moc"
