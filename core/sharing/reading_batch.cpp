// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/reading_batch.h"

#include "core/crypto/hash.h"
#include "core/crypto/merkle.h"
#include "core/sharing/reading_salts.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QFileInfo>

namespace amana::sharing {

namespace {

using nlohmann::json;

constexpr qint64 kPiece = qint64(1) << 20;

std::string_view kindName(ReadingLayout::Kind kind)
{
    return kind == ReadingLayout::Kind::FhirLines ? "fhir-lines" : "csv-records";
}

/// A name in the vault that tells nothing about the source to who sees the folder.
std::string blobName(const store::Vault &vault, const Digest &source, const char *what)
{
    return "readings." + toHex(vault.fingerprint("amana/readings/name/v1", source)) + "." + what;
}

std::string anchorName(const AnchorPlace &place)
{
    return "readings." + std::to_string(place.chainId) + "." + toHex(place.contract).substr(0, 16) + "."
           + std::to_string(place.batch);
}

/// The batch secret: of this source in this vault, the same each time, and nowhere written down.
ReadingSalts saltsOf(const store::Vault &vault, const Digest &source)
{
    return ReadingSalts(vault.fingerprint("amana/readings/secret/v1", source));
}

/// Reads a file in pieces into a source of readings and returns its sha2-256.
Result<Digest> readThrough(QFile &file, ReadingSource &source, const Progress &progress)
{
    crypto::Sha256 hash;
    QByteArray piece;
    for (qint64 done = 0; !(piece = file.read(kPiece)).isEmpty(); done += piece.size()) {
        progress.report(static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(file.size()));
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        hash.add(bytesOf(piece));
        AMANA_CHECK(source.add(bytesOf(piece)));
    }
    if (file.error() != QFileDevice::NoError)
        return fail(ErrorCode::FileUnreadable, {{"path", file.fileName().toStdString()}});
    AMANA_CHECK(source.finish());
    return hash.digest();
}

/// What the vault decrypts goes to the source of readings, and into a hash.
class SourceDevice final : public QIODevice {
public:
    explicit SourceDevice(ReadingSource &source) : m_source(source) { open(QIODevice::WriteOnly); }
    [[nodiscard]] bool isSequential() const override { return true; }
    /// What stopped the writing, or how the source ended.
    [[nodiscard]] Result<Digest> finish()
    {
        AMANA_CHECK(m_status);
        AMANA_CHECK(m_source.finish());
        return m_hash.digest();
    }
    [[nodiscard]] bool failed() const { return !m_status; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        const ByteView piece = bytesOf(std::string_view(data, static_cast<std::size_t>(size)));
        m_hash.add(piece);
        m_status = m_source.add(piece);
        return m_status ? size : -1;
    }

private:
    ReadingSource &m_source;
    crypto::Sha256 m_hash;
    Status m_status;
};

/// All leaves of the copy in the vault; the reading at `wanted` is copied out.
struct Leaves {
    std::vector<Digest> all;
    std::string wanted;
};

Result<Leaves> leavesOf(const store::Vault &vault, const ReadingBatch &batch, std::uint64_t wanted,
                        const Progress &progress)
{
    Leaves leaves;
    leaves.all.reserve(batch.readings);
    ReadingSalts salts = saltsOf(vault, batch.source);
    const auto source = ReadingSource::follow(batch.layout, [&](std::string_view reading) -> Status {
        if (leaves.all.size() == wanted)
            leaves.wanted = reading;
        leaves.all.push_back(crypto::merkleLeaf(salts.at(leaves.all.size()), bytesOf(reading)));
        return {};
    });
    const std::string name = blobName(vault, batch.source, "source");
    SourceDevice device(*source);
    const Status read = vault.getStream(name, device, progress);
    if (!read && !device.failed())
        return fail(read.error());
    AMANA_TRY(const Digest digest, device.finish());
    if (digest != batch.source || leaves.all.size() != batch.readings)
        return fail(ErrorCode::VaultCorrupt, {{"blob", name}});
    return leaves;
}

/// Public: what was anchored and how to read it. The commitment lets the publisher show later that the batch is all of
/// one file; its salt keeps others from testing guesses of the file.
QByteArray manifestOf(const store::Vault &vault, const ReadingBatch &batch)
{
    ReadingSalts salts = saltsOf(vault, batch.source);
    const json manifest{{"type", "amana-readings"},
                        {"version", 1},
                        {"form", kindName(batch.layout.kind)},
                        {"readings", batch.readings},
                        {"root", "0x" + toHex(batch.root)},
                        {"sourceCommitment", "0x" + toHex(salts.commitment(batch.source))}};
    return QByteArray::fromStdString(manifest.dump());
}

QByteArray recordOf(const ReadingBatch &batch)
{
    json tables = json::array();
    for (const ReadingLayout::Table &table : batch.layout.tables)
        tables.push_back({{"header", table.header}, {"values", table.values}});
    const json record{{"version", 1},
                      {"source", toHex(batch.source)},
                      {"sourceName", batch.sourceName},
                      {"form", kindName(batch.layout.kind)},
                      {"separator", std::string(1, batch.layout.separator)},
                      {"tables", tables},
                      {"readings", batch.readings},
                      {"root", toHex(batch.root)},
                      {"manifest", batch.manifest.toStdString()}};
    return QByteArray::fromStdString(record.dump(-1, ' ', false, json::error_handler_t::replace));
}

Result<ReadingBatch> batchOf(const SecretBytes &bytes, const std::string &name)
{
    const json record = json::parse(bytes.text(), nullptr, false);
    ReadingBatch batch;
    try { // nlohmann reports a missing or mistyped member by throwing
        AMANA_TRY(batch.source, digestFromHex(record.at("source").get<std::string>()));
        AMANA_TRY(batch.root, digestFromHex(record.at("root").get<std::string>()));
        batch.sourceName = record.at("sourceName").get<std::string>();
        batch.readings = record.at("readings").get<std::uint64_t>();
        batch.manifest = QByteArray::fromStdString(record.at("manifest").get<std::string>());
        const bool isCsv = record.at("form").get<std::string>() == kindName(ReadingLayout::Kind::CsvRecords);
        batch.layout.kind = isCsv ? ReadingLayout::Kind::CsvRecords : ReadingLayout::Kind::FhirLines;
        batch.layout.separator = record.at("separator").get<std::string>().at(0);
        for (const json &table : record.at("tables"))
            batch.layout.tables.push_back(
                {table.at("header").get<std::uint64_t>(), table.at("values").get<std::vector<std::uint32_t>>()});
    } catch (const std::exception &) { // json::exception, and at() of an empty text
        return fail(ErrorCode::VaultCorrupt, {{"blob", name}});
    }
    return batch;
}

Error withPath(Error error, const QString &path)
{
    if (error.param("path").empty())
        error.params.emplace_back("path", path.toStdString());
    return error;
}

/// First reading of the file: every record is checked, and the layout found.
Status survey(QFile &file, ReadingBatch &batch, const Progress &progress)
{
    const auto source = ReadingSource::recognise(QFileInfo(file).fileName(), [&batch](std::string_view) -> Status {
        ++batch.readings;
        return {};
    });
    AMANA_TRY(batch.source, readThrough(file, *source, progress));
    batch.layout = source->layout();
    if (batch.readings == 0)
        return fail(ErrorCode::ReadingsNone);
    return {};
}

} // namespace

Result<ReadingBatch> makeBatch(store::Vault &vault, const QString &path, const Progress &progress)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(file.exists() ? ErrorCode::FileUnreadable : ErrorCode::FileNotFound, {{"path", path.toStdString()}});
    const auto size = static_cast<std::uint64_t>(file.size());
    ReadingBatch batch;
    batch.sourceName = QFileInfo(path).fileName().toStdString();
    if (Status done = survey(file, batch, progress.part(0, 3 * size)); !done)
        return fail(withPath(std::move(done).error(), path));
    if (!file.seek(0))
        return fail(ErrorCode::FileUnreadable, {{"path", path.toStdString()}});
    const std::string name = blobName(vault, batch.source, "source");
    AMANA_CHECK(vault.putStream(name, file, progress.part(size, 3 * size)));
    auto leaves = leavesOf(vault, batch, batch.readings, progress.part(2 * size, 3 * size));
    if (!leaves && leaves.error().code == ErrorCode::VaultCorrupt)
        return fail(ErrorCode::SourceChanged, {{"path", path.toStdString()}}); // between the two readings
    if (!leaves)
        return fail(std::move(leaves).error());
    batch.root = crypto::MerkleTree(std::move(leaves->all)).root();
    batch.manifest = manifestOf(vault, batch);
    AMANA_CHECK(vault.put(blobName(vault, batch.source, "batch"), bytesOf(recordOf(batch))));
    return batch;
}

Status rememberAnchor(store::Vault &vault, const AnchorPlace &place, const ReadingBatch &batch)
{
    return vault.put(anchorName(place), batch.source);
}

Result<ReadingProof> proveReading(const store::Vault &vault, const AnchorPlace &place, std::uint64_t index,
                                  const Progress &progress)
{
    const std::string anchor = anchorName(place);
    if (!vault.has(anchor))
        return fail(ErrorCode::ReadingsUnknownBatch, {{"batch", std::to_string(place.batch)}});
    AMANA_TRY(const SecretBytes pointer, vault.get(anchor));
    Digest source{};
    if (pointer.size() != source.size())
        return fail(ErrorCode::VaultCorrupt, {{"blob", anchor}});
    std::copy(pointer.view().begin(), pointer.view().end(), source.begin());
    const std::string name = blobName(vault, source, "batch");
    AMANA_TRY(const SecretBytes record, vault.get(name));
    AMANA_TRY(const ReadingBatch batch, batchOf(record, name));
    if (index >= batch.readings)
        return fail(ErrorCode::ReadingsUnknownReading, {{"batch", std::to_string(place.batch)},
                                                        {"reading", std::to_string(index + 1)},
                                                        {"readings", std::to_string(batch.readings)}});
    AMANA_TRY(Leaves leaves, leavesOf(vault, batch, index, progress));
    const crypto::MerkleTree tree(std::move(leaves.all));
    if (tree.root() != batch.root)
        return fail(ErrorCode::VaultCorrupt, {{"blob", name}});
    ReadingProof proof;
    proof.chainId = place.chainId;
    proof.contract = place.contract;
    proof.batch = place.batch;
    proof.readings = batch.readings;
    proof.root = batch.root;
    proof.index = index;
    proof.salt = saltsOf(vault, source).at(index);
    proof.reading = std::move(leaves.wanted);
    proof.siblings = tree.proof(index);
    return proof;
}

} // namespace amana::sharing
