// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

#include <string>

namespace amana::store {

/// Reads a frame and then another device: so a blob's name is encrypted in front of its bytes without a copy.
class FrameReader final : public QIODevice {
public:
    FrameReader(std::string frame, QIODevice &source) : m_frame(std::move(frame)), m_source(source) {}
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_at >= m_frame.size() && m_source.atEnd(); }

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    std::string m_frame;
    std::size_t m_at = 0;
    QIODevice &m_source;
};

/// Takes the frame off what is written and passes the rest on. A wrong frame makes every write fail.
class FrameWriter final : public QIODevice {
public:
    FrameWriter(std::string frame, QIODevice &target) : m_frame(std::move(frame)), m_target(target) {}
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool isWrongFrame() const { return m_wrong; }
    [[nodiscard]] bool isComplete() const { return m_at == m_frame.size(); }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override;

private:
    std::string m_frame;
    std::size_t m_at = 0;
    bool m_wrong = false;
    QIODevice &m_target;
};

} // namespace amana::store
