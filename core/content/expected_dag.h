// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/car_stream.h"

/// Internal to core/content: verifies an archive that somebody else sends, while it arrives.
namespace amana::content {

/// A block that is wanted, and everything below it.
struct Wish {
    Cid cid;
    int depth = 0;
    std::uint64_t triedBy = 0; ///< a bit for each source that has not got it
};

/// Keeps a stack of what must come next, which begins with the root: each block must be the one on top, and puts what
/// hangs below it in its place. What the archive says of itself is not looked at.
class ExpectedDag {
public:
    using Has = std::function<bool(const Cid &)>;
    /// Keeps a block that was verified and gives what hangs below it, the last first.
    using Take = std::function<Result<std::vector<Wish>>(const Wish &, ByteView block)>;
    ExpectedDag(const Wish &root, Has has, Take take);

    /// BlockAltered (param cid: what was expected) for a block that is not the one on top, a failure of CarStream, or
    /// of `take`: see ours().
    [[nodiscard]] Status feed(ByteView piece) { return m_stream.feed(piece); }
    /// When no more comes. CarMalformed when the archive does not end here.
    [[nodiscard]] Status finish();

    /// What `take` failed with: nobody's fault who sends.
    [[nodiscard]] const Status &ours() const { return m_ours; }
    /// What is still wanted, the next on top. After finish().
    [[nodiscard]] std::vector<Wish> &left() { return m_left; }
    /// What the archive left out because it came before. To be looked at again: a source may have left out what we
    /// had from elsewhere, without what hangs below it.
    [[nodiscard]] const std::vector<Wish> &leftOut() const { return m_leftOut; }

private:
    [[nodiscard]] Status block(const Cid &cid, ByteView block);
    void skipPresent(std::optional<Cid> wanted);

    const Has m_has;
    const Take m_take;
    const Cid m_root;
    CarStream m_stream;
    Status m_ours;
    std::vector<Wish> m_left;
    std::vector<Wish> m_leftOut;
};

} // namespace amana::content
