// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/car.h"
#include "core/content/gateway.h"
#include "scripted_server.h"
#include "store_fixture.h"

#include <QBuffer>

#include <map>
#include <mutex>

/// A gateway over HTTP that a test may let lie, and graphs to be fetched from it.
namespace amana::content::test {

using amana::test::ScriptedServer;

inline QByteArray withHead(const QByteArray &body, const QByteArray &status = "200 OK")
{
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + QByteArray::number(body.size())
           + "\r\nConnection: close\r\n\r\n" + body;
}

/// What is asked, and what an honest gateway would say.
struct Question {
    Cid cid;
    bool archive = false;
    QByteArray honest; ///< the body; empty when it has not got it
    int number = 0;    ///< of this server's requests, from 0
};

/// A trustless gateway over blocks, with its own way to answer.
class TestGateway {
public:
    /// The whole reply, or none for the honest one.
    using Manner = std::function<std::optional<QByteArray>(const Question &)>;

    explicit TestGateway(const MemoryBlocks &blocks, Manner manner = {})
        : m_blocks(blocks), m_manner(std::move(manner)),
          m_server([this](QTcpSocket &socket, const QByteArray &request) { answer(socket, request); })
    {}

    [[nodiscard]] Gateway gateway() const
    {
        return {.url = m_server.url({}), .idle = std::chrono::milliseconds(1500)};
    }
    [[nodiscard]] int requests() const
    {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }
    [[nodiscard]] std::map<Cid, int> asked() const
    {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }

private:
    void answer(QTcpSocket &socket, const QByteArray &request)
    {
        Question question;
        const QByteArray path = request.split(' ').value(1);
        const auto cid = Cid::parse(path.mid(6, 59).toStdString());
        question.archive = path.contains("format=car") && path.contains("dag-scope=all")
                           && request.contains("Accept: application/vnd.ipld.car; version=1; order=dfs; dups=n");
        const bool raw = path.contains("format=raw") && request.contains("Accept: application/vnd.ipld.raw");
        if (!path.startsWith("/ipfs/") || !cid || raw == question.archive) {
            amana::test::write(socket, withHead("what?", "400 Bad Request"));
            return;
        }
        question.cid = *cid;
        if (question.archive) {
            QBuffer car(&question.honest);
            car.open(QIODevice::WriteOnly);
            (void)writeCar(m_blocks, *cid, car); // a missing block ends it: as Kubo does
        } else if (const auto block = m_blocks.get(*cid)) {
            question.honest = *block;
        }
        {
            const std::lock_guard lock(m_mutex);
            question.number = m_requests++;
            ++m_asked[*cid];
        }
        std::optional<QByteArray> reply;
        if (m_manner)
            reply = m_manner(question);
        else if (!m_blocks.get(*cid))
            reply = withHead("no", "404 Not Found");
        amana::test::write(socket, reply.value_or(withHead(question.honest)));
    }

    const MemoryBlocks &m_blocks;
    const Manner m_manner;
    mutable std::mutex m_mutex;
    int m_requests = 0;
    std::map<Cid, int> m_asked;
    ScriptedServer m_server; // last: it answers from the start
};

struct Tree {
    MemoryBlocks blocks;
    Cid root;
    std::vector<Cid> all; ///< in the order of an archive
};

/// Folders of files of one block each: `folders` × `files` of them, `size` bytes and more; when `shared`, the first
/// file is in each.
inline std::unique_ptr<Tree> treeOf(int folders, int files, int size, bool shared = true)
{
    auto tree = std::make_unique<Tree>();
    std::vector<DirectoryEntry> top;
    for (int folder = 0; folder < folders; ++folder) {
        std::vector<DirectoryEntry> entries;
        for (int file = 0; file < files; ++file) {
            const Block block = blockOf(shared && file == 0 ? 0 : folder * files + file, size);
            if (!tree->blocks.put(block.cid, bytesOf(block.bytes)))
                qFatal("cannot put");
            entries.push_back({std::to_string(file), block.cid, static_cast<std::uint64_t>(block.bytes.size())});
        }
        const auto node = addDirectory(std::move(entries), tree->blocks);
        if (!node)
            qFatal("cannot put the folder");
        top.push_back({std::to_string(folder), node->cid, node->totalSize});
    }
    const auto root = addDirectory(std::move(top), tree->blocks);
    if (!root)
        qFatal("cannot put the root");
    tree->root = root->cid;
    if (!walk(tree->blocks, tree->root, [&tree](const Cid &cid, const QByteArray &) -> Status {
            tree->all.push_back(cid);
            return {};
        }))
        qFatal("cannot walk");
    return tree;
}

} // namespace amana::content::test
