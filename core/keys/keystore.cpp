// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/keystore.h"

#include "core/crypto/keccak.h"
#include "core/crypto/random.h"

#include <nlohmann/json.hpp>

#include <QUuid>

#include <bit>
#include <string>

namespace amana::keys {

namespace {

using nlohmann::json;

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kHalf = 16; ///< of the derived key: first the cipher's, then that of the authentication code
constexpr std::size_t kMaxSalt = 256;
constexpr std::uint64_t kMaxMemory = std::uint64_t(512) << 20;
constexpr std::uint64_t kMaxScryptWork = std::uint64_t(1) << 23; ///< n·r·p: four times what geth asks for
constexpr std::uint64_t kMaxIterations = 10'000'000;
constexpr qsizetype kMaxFile = qsizetype(64) << 10;

tl::unexpected<Error> malformed(const char *place)
{
    return fail(ErrorCode::KeystoreMalformed, {{"place", place}});
}

tl::unexpected<Error> unsupported(const char *place)
{
    return fail(ErrorCode::KeystoreUnsupported, {{"place", place}});
}

/// A member that must be there; null for every other case, which then has the wrong type.
const json &member(const json &object, const char *name)
{
    static const json nothing;
    const auto found = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && found != object.end() ? *found : nothing;
}

bool isText(const json &object, const char *name, std::string_view text)
{
    const json &value = member(object, name);
    return value.is_string() && value.get_ref<const std::string &>() == text;
}

Result<QByteArray> bytesAt(const json &object, const char *name, std::size_t least, std::size_t most)
{
    const json &value = member(object, name);
    if (!value.is_string())
        return malformed(name);
    const auto bytes = fromHex(value.get_ref<const std::string &>());
    if (!bytes || bytes->size() < static_cast<qsizetype>(least) || bytes->size() > static_cast<qsizetype>(most))
        return malformed(name);
    return *bytes;
}

Result<std::uint64_t> numberAt(const json &object, const char *name)
{
    const json &value = member(object, name);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() == 0)
        return malformed(name);
    return value.get<std::uint64_t>();
}

Result<SecretBytes> deriveByScrypt(const json &params, const SecretBytes &password, ByteView salt)
{
    AMANA_TRY(const std::uint64_t n, numberAt(params, "n"));
    AMANA_TRY(const std::uint64_t r, numberAt(params, "r"));
    AMANA_TRY(const std::uint64_t p, numberAt(params, "p"));
    if (!std::has_single_bit(n) || n == 1)
        return malformed("n");
    // Each bounded before they are multiplied: nothing can overflow.
    const auto small = [](std::uint64_t number) { return number <= kMaxScryptWork; };
    if (!small(n) || !small(r) || !small(p) || n * r > kMaxMemory / 128 || n * r * p > kMaxScryptWork)
        return fail(ErrorCode::KeystoreTooCostly);
    const crypto::ScryptCost cost{n, static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(p)};
    return crypto::scryptOfCost(password.view(), salt, cost, kKeyBytes);
}

Result<SecretBytes> deriveByPbkdf2(const json &params, const SecretBytes &password, ByteView salt)
{
    if (!isText(params, "prf", "hmac-sha256"))
        return unsupported("prf");
    AMANA_TRY(const std::uint64_t c, numberAt(params, "c"));
    if (c > kMaxIterations)
        return fail(ErrorCode::KeystoreTooCostly);
    return crypto::pbkdf2Sha256(password.view(), salt, static_cast<unsigned>(c), kKeyBytes);
}

Result<SecretBytes> derive(const json &sealed, const SecretBytes &password)
{
    const json &params = member(sealed, "kdfparams");
    AMANA_TRY(const std::uint64_t size, numberAt(params, "dklen"));
    if (size != kKeyBytes) // "must be >= 32": nobody writes more, and what the rest would be for is not said
        return unsupported("dklen");
    AMANA_TRY(const QByteArray salt, bytesAt(params, "salt", 1, kMaxSalt));
    if (isText(sealed, "kdf", "scrypt"))
        return deriveByScrypt(params, password, bytesOf(salt));
    if (isText(sealed, "kdf", "pbkdf2"))
        return deriveByPbkdf2(params, password, bytesOf(salt));
    return unsupported("kdf");
}

Digest authenticationCode(const SecretBytes &derived, ByteView ciphertext)
{
    return crypto::keccak256({derived.view().subspan(kHalf, kHalf), ciphertext});
}

/// The address is outside of what the password protects, so it must be the key's own.
Status checkAddress(const json &file, const crypto::SigningKey &key)
{
    if (!file.contains("address"))
        return {};
    AMANA_TRY(const QByteArray address, bytesAt(file, "address", 20, 20));
    if (address != toByteArray(key.address()))
        return malformed("address");
    return {};
}

} // namespace

Result<QByteArray> writeKeystore(const crypto::SigningKey &key, const SecretBytes &password, crypto::ScryptCost cost)
{
    const Digest salt = crypto::randomDigest();
    const Digest random = crypto::randomDigest();
    const ByteView counter = ByteView(random).first(kHalf);
    AMANA_TRY(const SecretBytes derived, crypto::scryptOfCost(password.view(), salt, cost, kKeyBytes));
    const SecretBytes ciphertext = crypto::aes128Ctr(derived.view().first(kHalf), counter, key.secret().view());
    const json file{
        {"version", 3},
        {"id", QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString()},
        {"address", toHex(key.address())},
        {"crypto",
         {{"cipher", "aes-128-ctr"},
          {"cipherparams", {{"iv", toHex(counter)}}},
          {"ciphertext", toHex(ciphertext.view())},
          {"kdf", "scrypt"},
          {"kdfparams",
           {{"dklen", kKeyBytes}, {"n", cost.n}, {"r", cost.r}, {"p", cost.p}, {"salt", toHex(salt)}}},
          {"mac", toHex(authenticationCode(derived, ciphertext.view()))}}}};
    return QByteArray::fromStdString(file.dump(2) + "\n");
}

Result<crypto::SigningKey> readKeystore(const QByteArray &file, const SecretBytes &password)
{
    if (file.size() > kMaxFile)
        return malformed("size");
    const json whole = json::parse(file.begin(), file.end(), nullptr, false);
    if (!whole.is_object())
        return malformed("json");
    if (member(whole, "version") != 3)
        return unsupported("version");
    // Older wallets wrote the name with a capital.
    const json &sealed = member(whole, whole.contains("crypto") ? "crypto" : "Crypto");
    if (!sealed.is_object())
        return malformed("crypto");
    if (!isText(sealed, "cipher", "aes-128-ctr"))
        return unsupported("cipher");
    AMANA_TRY(const QByteArray counter, bytesAt(member(sealed, "cipherparams"), "iv", kHalf, kHalf));
    AMANA_TRY(const QByteArray ciphertext, bytesAt(sealed, "ciphertext", kKeyBytes, kKeyBytes));
    AMANA_TRY(const QByteArray code, bytesAt(sealed, "mac", kKeyBytes, kKeyBytes));
    AMANA_TRY(const SecretBytes derived, derive(sealed, password));
    const SecretBytes expected{authenticationCode(derived, bytesOf(ciphertext))};
    if (!expected.equals(bytesOf(code)))
        return fail(ErrorCode::KeystoreWrongPassword);
    SecretBytes secret = crypto::aes128Ctr(derived.view().first(kHalf), bytesOf(counter), bytesOf(ciphertext));
    auto key = crypto::SigningKey::fromSecret(std::move(secret));
    if (!key)
        return malformed("ciphertext"); // the right password, but no key of the curve
    AMANA_CHECK(checkAddress(whole, *key));
    return key;
}

} // namespace amana::keys
