// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/capsule.h"

#include <cstring>

namespace amana::sharing {

namespace {

tl::unexpected<Error> invalid(const char *reason)
{
    return fail(ErrorCode::SharingCapsuleInvalid, {{"reason", reason}});
}

} // namespace

SecretBytes capsuleText(std::span<const CapsuleKey> keys)
{
    std::vector<SecretBytes> lines;
    std::size_t size = 0;
    for (const CapsuleKey &key : keys) {
        if (key.file)
            lines.push_back(SecretBytes::fromText("# " + key.file->text()));
        lines.push_back(key.identity.text());
    }
    for (const SecretBytes &line : lines)
        size += line.size() + 1;
    SecretBytes text(size);
    auto *at = text.writable().data();
    for (const SecretBytes &line : lines) {
        std::memcpy(at, line.data(), line.size());
        at += line.size();
        *at++ = '\n';
    }
    return text;
}

Result<std::vector<CapsuleKey>> parseCapsule(std::string_view text)
{
    std::vector<CapsuleKey> keys;
    std::optional<content::Cid> file;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty())
            continue;
        if (line.starts_with("# ")) {
            auto cid = content::Cid::parse(line.substr(2));
            if (!cid)
                return invalid("cid");
            file = *cid;
            continue;
        }
        auto identity = crypto::AgeIdentity::fromText(line);
        if (!identity)
            return invalid("identity");
        keys.push_back({file, std::move(*identity)});
        file.reset();
    }
    if (keys.empty())
        return invalid("empty");
    return keys;
}

Result<QByteArray> sealCapsule(std::span<const CapsuleKey> keys, const crypto::AgeRecipient &receiver)
{
    const SecretBytes text = capsuleText(keys);
    return crypto::ageSeal(text.view(), std::span(&receiver, 1));
}

Result<std::vector<CapsuleKey>> openCapsule(ByteView sealed, std::span<const crypto::AgeIdentity> identities)
{
    AMANA_TRY(const SecretBytes text, crypto::ageOpen(sealed, identities));
    return parseCapsule(text.text());
}

const crypto::AgeIdentity *keyFor(std::span<const CapsuleKey> keys, const std::optional<content::Cid> &file)
{
    for (const CapsuleKey &key : keys)
        if (key.file == file)
            return &key.identity;
    return nullptr;
}

} // namespace amana::sharing
