// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/eip712.h"

#include "core/crypto/keccak.h"

#include <algorithm>

namespace amana::chain {

StructHash::StructHash(std::string_view encodedType) : m_words(toByteArray(crypto::keccak256(bytesOf(encodedType)))) {}

StructHash &StructHash::number(const Uint256 &value)
{
    return word(value.bytes);
}

StructHash &StructHash::flag(bool value)
{
    return number(value ? 1 : 0);
}

StructHash &StructHash::address(const Address &value)
{
    Digest padded{};
    std::copy(value.begin(), value.end(), padded.begin() + 12);
    return word(padded);
}

StructHash &StructHash::word(const Digest &value)
{
    m_words += toByteArray(value);
    return *this;
}

StructHash &StructHash::text(std::string_view value)
{
    return bytes(bytesOf(value));
}

StructHash &StructHash::bytes(ByteView value)
{
    return word(crypto::keccak256(value));
}

Digest StructHash::hash() const
{
    return crypto::keccak256(bytesOf(m_words));
}

Digest domainSeparator(std::uint64_t chainId, const Address &contract)
{
    return StructHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
        .text("Amana")
        .text("1")
        .number(chainId)
        .address(contract)
        .hash();
}

Digest typedDataDigest(const Digest &domain, const Digest &structHash)
{
    QByteArray message("\x19\x01");
    message += toByteArray(domain);
    message += toByteArray(structHash);
    return crypto::keccak256(bytesOf(message));
}

QByteArray signTypedData(const Digest &structHash, std::uint64_t chainId, const Address &contract,
                         const crypto::SigningKey &key)
{
    const crypto::Signature signature = key.sign(typedDataDigest(domainSeparator(chainId, contract), structHash));
    return toByteArray(signature.r) + toByteArray(signature.s) + static_cast<char>(27 + signature.yParity);
}

Result<Address> typedDataSigner(const Digest &structHash, std::uint64_t chainId, const Address &contract, ByteView signature)
{
    if (signature.size() != 65 || (signature[64] != 27 && signature[64] != 28))
        return fail(ErrorCode::SignatureInvalid);
    crypto::Signature parts;
    std::copy_n(signature.begin(), 32, parts.r.begin());
    std::copy_n(signature.begin() + 32, 32, parts.s.begin());
    parts.yParity = static_cast<std::uint8_t>(signature[64] - 27);
    return crypto::recoverSigner(typedDataDigest(domainSeparator(chainId, contract), structHash), parts);
}

Digest plainTextDigest(std::string_view text)
{
    std::string message = "\x19" "Ethereum Signed Message:\n" + std::to_string(text.size());
    message += text;
    return crypto::keccak256(bytesOf(message));
}

} // namespace amana::chain
