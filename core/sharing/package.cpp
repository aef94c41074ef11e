// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/package.h"

#include "core/content/file_writer.h"
#include "core/crypto/hash.h"
#include "core/crypto/random.h"
#include "core/sharing/archive.h"
#include "core/sharing/manifest.h"

#include <algorithm>
#include <map>

namespace amana::sharing {

namespace {

constexpr std::size_t kFolderEntries = 1000; // keeps every directory in one block (engines: 256 KiB)

std::string randomName()
{
    std::array<std::uint8_t, 8> bytes{};
    crypto::randomBytes(bytes);
    return toHex(bytes);
}

/// Fisher–Yates with the system's randomness: the order of parts tells nothing.
template <class T>
void shuffle(std::vector<T> &items)
{
    for (std::size_t i = items.size(); i > 1; --i) {
        std::uint64_t random = 0;
        crypto::randomBytes(std::span(reinterpret_cast<std::uint8_t *>(&random), sizeof random));
        std::swap(items[i - 1], items[random % i]);
    }
}

struct Part {
    std::string subject;
    std::vector<const ReleasedDocument *> documents;
    const Linkage *linkage = nullptr;
};

std::vector<Part> groupBySubject(const PackageInput &input)
{
    std::map<std::string, Part> bySubject;
    for (const ReleasedDocument &document : input.documents) {
        Part &part = bySubject[document.subject];
        part.subject = document.subject;
        part.documents.push_back(&document);
    }
    for (const Linkage &linkage : input.linkages)
        if (const auto it = bySubject.find(linkage.pseudonym); it != bySubject.end())
            it->second.linkage = &linkage;
    std::vector<Part> parts;
    for (auto &[subject, part] : bySubject)
        parts.push_back(std::move(part));
    shuffle(parts);
    return parts;
}

class Sealer {
public:
    Sealer(const PackageInput &input, content::BlockSink &blocks, const Progress &progress)
        : m_input(input), m_blocks(blocks), m_progress(progress)
    {
    }

    Result<SealedPackage> run()
    {
        const std::vector<Part> parts = groupBySubject(m_input);
        std::vector<ManifestPart> manifest;
        const crypto::AgeIdentity dataset = crypto::AgeIdentity::generate();
        m_package.keys.push_back({std::nullopt, dataset.clone()});
        std::vector<std::string> subjects;
        for (const Part &part : parts)
            subjects.push_back(part.subject);
        m_package.withdrawals = makeWithdrawalRights(subjects);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (m_progress.cancelled())
                return fail(ErrorCode::Cancelled);
            AMANA_TRY(ManifestPart listed, sealPart(parts[i], i + 1, parts.size()));
            manifest.push_back(std::move(listed));
            m_progress.report(i + 1, parts.size());
        }
        const std::string description = makeManifest(m_input.description, manifest);
        AMANA_CHECK(sealBytes("manifest.age", bytesOf(description), dataset.recipient()));
        const std::string report = saltedReportToJson({m_input.reportSalt, m_input.report});
        AMANA_CHECK(sealBytes("report.age", bytesOf(report), dataset.recipient()));
        AMANA_CHECK(sealOwners());
        m_package.parts = parts.size();
        AMANA_TRY(const content::DagNode root, content::addFolder(m_files, m_blocks));
        AMANA_CHECK(m_blocks.flush());
        m_package.cid = root.cid;
        return std::move(m_package);
    }

private:
    Result<ManifestPart> sealPart(const Part &part, std::size_t number, std::size_t total)
    {
        ManifestPart listed{numberedPath("parts", number, total), part.subject, {}};
        std::vector<ArchiveEntry> entries;
        std::uint64_t size = 0;
        for (const ReleasedDocument *document : part.documents) {
            entries.push_back({randomName(), document->bytes});
            size += static_cast<std::uint64_t>(document->bytes.size());
            listed.files.push_back({entries.back().name, document->name, document->format, document->subject,
                                    toHex(crypto::sha256(bytesOf(document->bytes))),
                                    static_cast<std::uint64_t>(document->bytes.size())});
        }
        AMANA_CHECK(sealWithOwnKey(listed.path, size, [&](const ByteWriter &out) { return packArchive(entries, out); }));
        // Always present, for records of no one too, so that its absence tells nothing.
        Linkage linkage = part.linkage != nullptr ? *part.linkage : Linkage{};
        linkage.withdrawal = withdrawalOf(m_package.withdrawals.rights[number - 1]);
        const SecretBytes text = linkageToSecret(std::move(linkage));
        AMANA_CHECK(sealWithOwnKey(numberedPath("linkage", number, total), text.size(),
                                   [&text](const ByteWriter &out) { return out(text.view()); }));
        return listed;
    }

    using Make = std::function<Status(const ByteWriter &)>;

    Status sealWithOwnKey(const std::string &path, std::uint64_t sizeHint, const Make &make)
    {
        crypto::AgeIdentity identity = crypto::AgeIdentity::generate();
        AMANA_TRY(const content::Cid cid, sealFile(path, sizeHint, make, identity.recipient()));
        m_package.keys.push_back({cid, std::move(identity)});
        return {};
    }

    /// What `make` makes goes through the cipher into blocks as it comes.
    Result<content::Cid> sealFile(const std::string &path, std::uint64_t sizeHint, const Make &make,
                                  const crypto::AgeRecipient &recipient)
    {
        content::FileWriter file(m_blocks);
        AMANA_TRY(auto sealer,
                  crypto::AgeSealer::begin([&file](ByteView sealed) { return file.write(sealed); },
                                           std::span(&recipient, 1), sizeHint, m_progress.quiet()));
        AMANA_CHECK(make([&sealer](ByteView plain) { return sealer.write(plain); }));
        AMANA_CHECK(sealer.finish());
        AMANA_TRY(const content::DagNode node, file.finish());
        m_package.bytes += node.fileSize;
        m_files.emplace(path, node);
        return node.cid;
    }

    Status sealBytes(const std::string &path, ByteView plain, const crypto::AgeRecipient &recipient)
    {
        const Make make = [plain](const ByteWriter &out) { return out(plain); };
        return sealFile(path, plain.size(), make, recipient).transform([](const content::Cid &) {});
    }

    Status sealOwners()
    {
        const SecretBytes text = capsuleText(m_package.keys);
        for (std::size_t i = 0; i < m_input.custodians.size(); ++i) {
            const std::string name = (i + 1 < 10 ? "owners/0" : "owners/") + std::to_string(i + 1) + ".age";
            AMANA_CHECK(sealBytes(name, text.view(), m_input.custodians[i]));
        }
        return {};
    }

    const PackageInput &m_input;
    content::BlockSink &m_blocks;
    const Progress &m_progress;
    std::map<std::string, content::DagNode> m_files; ///< by path
    SealedPackage m_package;
};

std::string padded(std::size_t number, std::size_t digits)
{
    std::string text = std::to_string(number);
    return std::string(text.size() < digits ? digits - text.size() : 0, '0') + text;
}

} // namespace

std::string numberedPath(const std::string &folder, std::size_t number, std::size_t total)
{
    const std::string file = padded(number, 4) + ".age";
    if (total <= kFolderEntries)
        return folder + "/" + file;
    return folder + "/" + padded((number - 1) / kFolderEntries, 3) + "/" + file;
}

Result<SealedPackage> sealPackage(const PackageInput &input, content::BlockSink &blocks, const Progress &progress)
{
    return Sealer(input, blocks, progress).run();
}

} // namespace amana::sharing
