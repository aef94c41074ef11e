// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/process.h"
#include "core/chain/rpc.h"

#include <QString>
#include <QStringList>

#include <optional>

/// The process of the local node, apart from what it computes. Internal to core/chain.
namespace amana::chain {

/// node.json: which process was started, and how to know it again.
struct NodeRecord : ProcessRecord {
    std::uint16_t port = 0;

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port); }
};

struct NodeFolder {
    QString path; ///< <home>/networks/local

    [[nodiscard]] QString file(const char *name) const
    {
        return path + QLatin1Char('/') + QLatin1String(name);
    }
    [[nodiscard]] QString state() const { return file("state.json"); }
    [[nodiscard]] QString record() const { return file("node.json"); }
    [[nodiscard]] QString journal() const { return file("journal.jsonl"); }
    [[nodiscard]] QString lock() const { return file("lock"); }
    [[nodiscard]] QString log() const { return file("node.log"); }
};

[[nodiscard]] std::optional<NodeRecord> readRecord(const NodeFolder &folder);

/// Whether the recorded process lives and is the node of this folder: same start time, and its command line
/// names this folder's state file.
[[nodiscard]] bool isOurs(const NodeFolder &folder, const NodeRecord &record);

/// The running node of this folder: the recorded one, or one whose record was lost.
[[nodiscard]] std::optional<NodeRecord> findNode(const NodeFolder &folder);

/// Starts a node that outlives this process, waits until it answers, and writes node.json. `arguments` come
/// on top of host, port and state. NodeNotFound, NodeStartFailed, FileUnwritable.
[[nodiscard]] Result<NodeRecord> startNode(const NodeFolder &folder, const QString &program,
                                           const QStringList &arguments, std::uint16_t preferredPort);

/// SIGTERM (the node writes its state), after 10 s SIGKILL, and removes node.json. Only if isOurs.
[[nodiscard]] Status endNode(const NodeFolder &folder, const NodeRecord &record);

} // namespace amana::chain
