// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/byte_writer.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

class QIODevice;

/// age v1 (age-encryption.org/v1, C2SP specification): X25519 and hybrid post-quantum recipients, and scrypt
/// passphrases, in binary and armored files. Every public function is re-entrant and needs no lock.
///
/// What is promised
///  - Only authenticated bytes are ever written to an output device, in order and without gaps: 64 KiB at a
///    time, each after its own tag was checked. A file cut off at the end is noticed at the end only, so who
///    acts on the first bytes before the call returned acts on a true prefix. ageOpen and the file-to-file
///    functions give all or nothing.
///  - Memory does not depend on the size of the file.
///  - Why opening failed is told apart:
///    AgeNoMatch: well-formed, and no key given fits (also when the one stanza that would fit was altered).
///    AgeHeaderTampered: a key fits, but the header is not the one that was sealed.
///    AgePayloadTampered: the content was altered (param chunk).
///    AgeTruncated: the file ends too early; certain when reported. Only a cut inside the last 64 KiB chunk
///    that leaves less than 4 bytes of its tag cannot be told from an alteration: AgePayloadTampered then.
///    AgeMalformed, AgeArmorMalformed, AgeUnsupported, AgeWorkFactor: no age file that this program reads.
///  - FileUnreadable, FileUnwritable, FileDiskFull and Cancelled come from the devices and Progress.
namespace amana::crypto {

/// Whether hybrid post-quantum keys (MLKEM768-X25519) can be used: with OpenSSL from 3.5 on, at build and at run time.
/// Elsewhere they, and files that are only for them, give AgeUnsupported (param reason: postQuantum).
[[nodiscard]] bool ageHybridSupported();

struct AgeRecipient {
    std::array<std::uint8_t, 32> key{}; ///< X25519 public key; zero, which nobody accepts, when it is a hybrid one
    std::vector<std::uint8_t> hybrid{}; ///< MLKEM768-X25519 public key, 1,216 bytes; else empty

    [[nodiscard]] bool isHybrid() const { return !hybrid.empty(); }
    /// "age1…", "age1pq1…"
    [[nodiscard]] std::string text() const;
    /// AgeBadRecipient; AgeUnsupported for recipients of plugins, and as ageHybridSupported() says.
    [[nodiscard]] static Result<AgeRecipient> fromText(std::string_view text);
    friend bool operator==(const AgeRecipient &, const AgeRecipient &) = default;
};

/// An X25519 private key, or the seed of a hybrid one. Move-only, wiped at the end.
class AgeIdentity {
public:
    [[nodiscard]] static AgeIdentity generate();
    /// AgeUnsupported, as ageHybridSupported() says.
    [[nodiscard]] static Result<AgeIdentity> generateHybrid();
    /// An X25519 key of exactly 32 bytes: AgeBadIdentity.
    [[nodiscard]] static Result<AgeIdentity> fromSecret(SecretBytes secret);
    /// "AGE-SECRET-KEY-1…", "AGE-SECRET-KEY-PQ-1…": AgeBadIdentity; AgeUnsupported for plugins, and as
    /// ageHybridSupported() says.
    [[nodiscard]] static Result<AgeIdentity> fromText(std::string_view text);

    [[nodiscard]] bool isHybrid() const { return m_hybrid; }
    [[nodiscard]] SecretBytes text() const;
    /// Worked out at each call, about 40 µs: a capsule has thousands of identities and mostly none of them is asked.
    [[nodiscard]] AgeRecipient recipient() const;
    [[nodiscard]] ByteView secret() const { return m_secret.view(); }
    [[nodiscard]] AgeIdentity clone() const;

private:
    AgeIdentity(SecretBytes secret, bool hybrid);
    SecretBytes m_secret;
    bool m_hybrid;
};

/// A standard age identity file: one identity a line, empty lines and lines that start with # are skipped.
/// AgeBadIdentity (param line, from 1) for anything else or for none at all; AgeUnsupported (param line) as fromText.
[[nodiscard]] Result<std::vector<AgeIdentity>> parseIdentityFile(std::string_view text);

inline constexpr int kAgeScryptLogN = 18;    ///< 256 MiB, about a second: what age itself writes
inline constexpr int kAgeMaxScryptLogN = 20; ///< 1 GiB: a hostile file may not take more (AgeWorkFactor)
inline constexpr std::size_t kAgeMaxRecipients = 4096;
inline constexpr std::size_t kAgeMaxHybridRecipients = 1024; ///< each takes 1.5 KiB of a header, which has its limit

/// How a file is written; both are read.
enum class AgeForm {
    Binary,
    Armored ///< text, a third longer: for mail and forms
};

/// Encrypts to 1 … kAgeMaxRecipients recipients (else AgeBadRecipient, param count). All are hybrid or none is, else
/// AgeBadRecipient (param reason: mixed): one that is not would undo what the others are for (C2SP age specification).
/// Progress counts plaintext bytes.
[[nodiscard]] Status ageEncrypt(QIODevice &in, QIODevice &out, std::span<const AgeRecipient> recipients,
                                const Progress &progress = {}, AgeForm form = AgeForm::Binary);
/// To a writer; a failure of its own comes back as it is.
[[nodiscard]] Status ageEncrypt(QIODevice &in, const ByteWriter &out, std::span<const AgeRecipient> recipients,
                                const Progress &progress = {});
[[nodiscard]] Status ageDecrypt(QIODevice &in, QIODevice &out, std::span<const AgeIdentity> identities,
                                const Progress &progress = {});

/// Encrypts what comes piece by piece, for where the plaintext is made and not read. What comes out before finish()
/// succeeded is a file cut off, and is known for one when it is opened. After a failure it is of no more use.
class AgeSealer {
public:
    /// Writes the header. `sizeHint`: about how many bytes will come, 0 when not known; only speed depends on it.
    /// AgeBadRecipient, and the writer's failures.
    [[nodiscard]] static Result<AgeSealer> begin(ByteWriter out, std::span<const AgeRecipient> recipients,
                                                 std::uint64_t sizeHint = 0, const Progress &progress = {});
    AgeSealer(AgeSealer &&) noexcept;
    AgeSealer &operator=(AgeSealer &&) noexcept;
    ~AgeSealer();

    /// Cancelled, and the writer's failures.
    [[nodiscard]] Status write(ByteView plain);
    [[nodiscard]] Status finish();

private:
    struct State;
    explicit AgeSealer(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// File to file: written beside the target under a temporary name, synced, renamed when complete and
/// authenticated. On failure the target is untouched. An opened file gets mode 0600.
[[nodiscard]] Status ageEncryptFile(const QString &in, const QString &out,
                                    std::span<const AgeRecipient> recipients, const Progress &progress = {});
[[nodiscard]] Status ageDecryptFile(const QString &in, const QString &out,
                                    std::span<const AgeIdentity> identities, const Progress &progress = {});

/// In memory, for capsules and other small objects.
[[nodiscard]] Result<QByteArray> ageSeal(ByteView plain, std::span<const AgeRecipient> recipients);
[[nodiscard]] Result<SecretBytes> ageOpen(ByteView sealed, std::span<const AgeIdentity> identities);

/// With a passphrase (scrypt). A wrong one gives AgeNoMatch.
[[nodiscard]] Status ageEncryptWithPassphrase(QIODevice &in, QIODevice &out, const SecretBytes &passphrase,
                                              const Progress &progress = {}, int logN = kAgeScryptLogN);
[[nodiscard]] Status ageDecryptWithPassphrase(QIODevice &in, QIODevice &out, const SecretBytes &passphrase,
                                              const Progress &progress = {});
[[nodiscard]] Result<QByteArray> ageSealWithPassphrase(ByteView plain, const SecretBytes &passphrase,
                                                       int logN = kAgeScryptLogN);
[[nodiscard]] Result<SecretBytes> ageOpenWithPassphrase(ByteView sealed, const SecretBytes &passphrase);

/// Size of the age file that ageEncrypt makes of `plainSize` bytes for `recipients` X25519 recipients, or hybrid ones.
[[nodiscard]] std::uint64_t ageSealedSize(std::uint64_t plainSize, std::size_t recipients, bool hybrid = false);

} // namespace amana::crypto
