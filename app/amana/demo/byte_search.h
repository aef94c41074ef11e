// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <vector>

namespace amana::cli {

/// Whether a text can be read in bytes: as UTF-8, as UTF-16 of either byte order, or inside a run of base64.
class ByteSearch {
public:
    explicit ByteSearch(std::vector<std::string> needles);

    [[nodiscard]] std::size_t size() const { return m_needles.size(); }
    [[nodiscard]] std::vector<std::string> texts() const;
    /// The needles that are in `bytes`.
    [[nodiscard]] std::vector<std::string> in(const QByteArray &bytes) const;

    struct Outcome {
        std::size_t files = 0;
        std::uint64_t bytes = 0;
        std::vector<std::string> found; ///< "file: needle"
    };
    /// Every file below `folder`, hidden ones too. FileUnreadable.
    [[nodiscard]] Result<Outcome> below(const QString &folder) const;

private:
    struct Needle {
        std::string text;
        QByteArray utf8;
        QByteArray little;
        QByteArray big;
    };
    [[nodiscard]] static bool contains(const QByteArray &view, const Needle &needle);

    std::vector<Needle> m_needles;
};

} // namespace amana::cli
