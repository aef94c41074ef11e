// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/cid.h"

#include <QString>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace amana::replication {

/// What a place last said about a graph. Times are seconds since 1970; 0: never.
struct Receipt {
    std::string place;
    int kept = 0;
    int wanted = 1;
    std::string id{};          ///< of the request, where the place gives one
    std::int64_t asked = 0;    ///< when it was last told to keep it
    std::int64_t checked = 0;  ///< when it was last asked how many copies there are
    std::string problem{};     ///< code of the failure at the last attempt ("ipfs.unreachable"); empty: none
    std::string detail{};

    [[nodiscard]] bool isWhole() const { return kept >= wanted && problem.empty(); }
};

/// A graph that others shall keep, and how far that is.
struct Record {
    content::Cid root;
    std::string name; ///< why: "dataset 7", "card 7", "capsule"
    std::vector<Receipt> receipts;
    std::string foundBy{}; ///< the place that found it last
    std::int64_t foundAt = 0;

    [[nodiscard]] const Receipt *of(const std::string &place) const;
    [[nodiscard]] Receipt &at(const std::string &place); ///< made when it is absent
};

/// The records of a network, a file each in `folder`; several processes may use it at once. FileUnwritable,
/// FileDiskFull, FileUnreadable, StoreLocked.
class Records {
public:
    explicit Records(QString folder);

    /// Nothing happens when there is a record of this graph already.
    [[nodiscard]] Status begin(const content::Cid &root, const std::string &name) const;
    [[nodiscard]] Result<std::optional<Record>> of(const content::Cid &root) const;
    /// In the order of their names.
    [[nodiscard]] Result<std::vector<Record>> all() const;
    /// Reads, changes and writes with everybody else held back; what is no longer recorded is left alone.
    [[nodiscard]] Status update(const content::Cid &root, const std::function<void(Record &)> &change) const;
    [[nodiscard]] Status remove(const content::Cid &root) const;

private:
    [[nodiscard]] QString fileOf(const content::Cid &root) const;

    QString m_folder;
};

} // namespace amana::replication
