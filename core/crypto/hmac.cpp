// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/hmac.h"

#include "core/crypto/ossl.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace amana::crypto {

namespace {

using Mac = OsslPtr<EVP_MAC, EVP_MAC_free>;
using MacContext = OsslPtr<EVP_MAC_CTX, EVP_MAC_CTX_free>;

} // namespace

struct HmacSha256::State {
    MacContext context;
};

HmacSha256::HmacSha256(ByteView key) : m_state(std::make_unique<State>())
{
    const Mac mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    require(mac != nullptr, "HMAC");
    m_state->context.reset(EVP_MAC_CTX_new(mac.get()));
    char digestName[] = "SHA256";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digestName, 0),
                                 OSSL_PARAM_construct_end()};
    const std::uint8_t nothing = 0; // a null key means "the last one"
    require(m_state->context != nullptr
                && EVP_MAC_init(m_state->context.get(), key.empty() ? &nothing : key.data(), key.size(), params) == 1,
            "HMAC");
}

HmacSha256::~HmacSha256() = default;

Digest HmacSha256::of(ByteView message)
{
    EVP_MAC_CTX *const context = m_state->context.get();
    Digest digest{};
    std::size_t size = 0;
    require(EVP_MAC_init(context, nullptr, 0, nullptr) == 1
                && EVP_MAC_update(context, message.data(), message.size()) == 1
                && EVP_MAC_final(context, digest.data(), &size, digest.size()) == 1,
            "HMAC");
    return digest;
}

} // namespace amana::crypto
