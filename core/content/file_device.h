// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/dag_reader.h"

#include <QIODevice>

namespace amana::content {

/// A file of blocks to be read from front to back, for what reads a device: nothing of it lands on a disk on the way.
/// A device cannot say why it failed: ask failure() when reading from it went wrong. `source` outlives it.
class FileDevice final : public QIODevice {
public:
    FileDevice(const BlockSource &source, const Cid &root);

    /// As readFile().
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_ended; }

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    FilePieces m_pieces;
    QByteArray m_piece;
    qint64 m_taken = 0; ///< of m_piece
    bool m_ended = false;
    std::optional<Error> m_failure;
};

} // namespace amana::content
