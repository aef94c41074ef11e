// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"
#include "core/content/block_store_state.h"
#include "core/crypto/hash.h"

#include <QFile>

#include <cerrno>
#include <unordered_set>

#include <unistd.h>

namespace amana::content {

namespace {

bool isGood(const std::string &path, const Cid &cid)
{
    const auto block = readWholeFile(path, kMaxBlockSize);
    return block && crypto::sha256(bytesOf(*block)) == cid.digest;
}

/// Whether all of it is there; leaves were hashed just before.
Result<bool> isWhole(const BlockStore &store, const Cid &root, const Progress &progress)
{
    std::unordered_set<Cid> seen;
    const Status walked = walkInner(store, root, [&](const Cid &cid) -> Result<bool> {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        if (!store.has(cid))
            return fail(ErrorCode::BlockMissing, {{"cid", cid.text()}});
        return seen.insert(cid).second;
    });
    if (!walked && walked.error().code == ErrorCode::Cancelled)
        return fail(walked.error());
    return walked.has_value();
}

} // namespace

Result<ScanReport> BlockStore::scan(const Progress &progress)
{
    const std::string damagedFolder = m_state->folder + "/damaged";
    AMANA_TRY(const std::uint64_t total, totalBytes());
    ScanReport report;
    const auto look = [&](const Cid &cid, std::uint64_t size) -> Status {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        ++report.blocks;
        report.bytes += size;
        progress.report(report.bytes, total);
        const std::string path = m_state->pathOf(cid);
        if (isGood(path, cid))
            return {};
        AMANA_TRY(const Gate gate, m_state->enter());
        const auto sizeNow = sizeOfFile(path);
        if (!sizeNow || isGood(path, cid)) // collected or repaired meanwhile
            return {};
        AMANA_CHECK(makeFolder(QFile::decodeName(damagedFolder.c_str())));
        const std::string kept = damagedFolder + '/' + cid.text() + std::string(kBlockSuffix);
        if (::rename(path.c_str(), kept.c_str()) != 0)
            return systemFailure(path, ErrorCode::FileUnwritable);
        report.damaged.push_back(cid);
        return m_state->giveBack(gate, *sizeNow);
    };
    AMANA_CHECK(forEach(look));
    AMANA_TRY(const std::vector<Pin> all, pins());
    for (const Pin &pin : all) {
        AMANA_TRY(const bool whole, isWhole(*this, pin.root, progress));
        if (!whole)
            report.broken.push_back(pin);
    }
    return report;
}

} // namespace amana::content
