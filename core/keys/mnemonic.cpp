// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/mnemonic.h"

#include "core/crypto/hash.h"
#include "core/crypto/wallet_hashes.h"

#include <QFile>

#include <algorithm>
#include <cctype>
#include <string>

// A static library's resources are registered by this function, which must be called outside every namespace.
static void registerWordList()
{
    Q_INIT_RESOURCE(amana_bip39);
}

namespace amana::keys {

namespace {

constexpr std::size_t kWordCount = 2048;
constexpr std::size_t kBitsPerWord = 11;

tl::unexpected<Error> invalid(std::string reason, Error::Params more = {})
{
    more.insert(more.begin(), {"reason", std::move(reason)});
    return fail(ErrorCode::MnemonicInvalid, std::move(more));
}

QByteArray readWordFile()
{
    registerWordList();
    QFile file(QStringLiteral(":/amana/bip39-english.txt"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the word list is not in the program"); // a broken build, not a state of the user's machine
    return file.readAll();
}

bool bitAt(ByteView bytes, std::size_t bit)
{
    return (bytes[bit / 8] >> (7 - bit % 8) & 1) != 0;
}

bool goodEntropySize(std::size_t bytes)
{
    return bytes >= 16 && bytes <= 32 && bytes % 4 == 0;
}

/// The words of a typed phrase, lower case, without copying them out of `text`, which is wiped by its owner.
std::vector<std::string_view> split(SecretBytes &text)
{
    for (std::uint8_t &c : text.writable())
        c = static_cast<std::uint8_t>(std::tolower(c));
    std::vector<std::string_view> words;
    std::string_view rest = text.text();
    constexpr std::string_view kSpace = " \t\r\n\v\f";
    while (true) {
        const std::size_t start = rest.find_first_not_of(kSpace);
        if (start == std::string_view::npos)
            return words;
        rest.remove_prefix(start);
        words.push_back(rest.substr(0, rest.find_first_of(kSpace)));
        rest.remove_prefix(words.back().size());
    }
}

/// Entropy followed by the checksum, one bit a byte position filled from the left.
Result<SecretBytes> bitsOf(const std::vector<std::string_view> &words)
{
    const auto &list = wordList();
    SecretBytes bits((words.size() * kBitsPerWord + 7) / 8);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto found = std::lower_bound(list.begin(), list.end(), words[i]);
        if (found == list.end() || *found != words[i])
            return invalid("word", {{"place", std::to_string(i + 1)}});
        const auto index = static_cast<std::size_t>(found - list.begin());
        for (std::size_t b = 0; b < kBitsPerWord; ++b) {
            const std::size_t position = i * kBitsPerWord + b;
            if ((index >> (kBitsPerWord - 1 - b) & 1) != 0)
                bits.writable()[position / 8] |= static_cast<std::uint8_t>(0x80 >> position % 8);
        }
    }
    return bits;
}

} // namespace

const std::vector<std::string_view> &wordList()
{
    static const QByteArray file = readWordFile();
    static const std::vector<std::string_view> words = [] {
        std::vector<std::string_view> list;
        std::string_view rest(file.constData(), static_cast<std::size_t>(file.size()));
        for (std::size_t end; (end = rest.find('\n')) != std::string_view::npos; rest.remove_prefix(end + 1))
            list.push_back(rest.substr(0, end));
        if (list.size() != kWordCount || !std::is_sorted(list.begin(), list.end()))
            qFatal("the word list in the program is damaged");
        return list;
    }();
    return words;
}

Result<SecretBytes> mnemonicFromEntropy(ByteView entropy)
{
    if (!goodEntropySize(entropy.size()))
        return invalid("length", {{"bytes", std::to_string(entropy.size())}});
    SecretBytes bits(entropy.size() + 1);
    std::copy(entropy.begin(), entropy.end(), bits.writable().begin());
    bits.writable().back() = crypto::sha256(entropy)[0]; // up to 8 checksum bits: one per 32 of entropy
    const std::size_t count = (entropy.size() * 8 + entropy.size() / 4) / kBitsPerWord;
    std::string phrase;
    phrase.reserve(256); // 24 words of at most 8 letters: never moves, so one wipe covers it
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t index = 0;
        for (std::size_t b = 0; b < kBitsPerWord; ++b)
            index = index << 1 | (bitAt(bits.view(), i * kBitsPerWord + b) ? 1u : 0u);
        if (i != 0)
            phrase += ' ';
        phrase += wordList()[index];
    }
    SecretBytes result = SecretBytes::fromText(phrase);
    secureWipe(phrase.data(), phrase.size());
    return result;
}

Result<SecretBytes> entropyFromMnemonic(std::string_view phrase)
{
    SecretBytes text = SecretBytes::fromText(phrase);
    const auto words = split(text);
    const std::size_t entropyBytes = words.size() * kBitsPerWord * 32 / 33 / 8;
    if (words.size() % 3 != 0 || !goodEntropySize(entropyBytes))
        return invalid("length", {{"words", std::to_string(words.size())}});
    AMANA_TRY(const SecretBytes bits, bitsOf(words));
    SecretBytes entropy(bits.view().first(entropyBytes));
    const unsigned checksumBits = static_cast<unsigned>(entropyBytes / 4);
    const unsigned expected = crypto::sha256(entropy.view())[0] >> (8 - checksumBits);
    if (static_cast<unsigned>(bits.view()[entropyBytes] >> (8 - checksumBits)) != expected)
        return invalid("checksum");
    return entropy;
}

Result<SecretBytes> seedFromMnemonic(std::string_view phrase, std::string_view passphrase)
{
    // NFKD leaves ASCII alone; the words are ASCII, and so must the passphrase be.
    if (std::any_of(passphrase.begin(), passphrase.end(), [](char c) { return (c & 0x80) != 0; }))
        return invalid("passphrase");
    AMANA_TRY(const SecretBytes entropy, entropyFromMnemonic(phrase));
    AMANA_TRY(const SecretBytes normal, mnemonicFromEntropy(entropy.view()));
    std::string salt = "mnemonic";
    salt += passphrase;
    return crypto::pbkdf2Sha512(normal.text(), bytesOf(std::string_view(salt)), 2048);
}

} // namespace amana::keys
