// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/workspace/workspace.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <memory>

/// One computer with several people, each at a workspace of their own: a temporary home, a passphrase file, and the
/// node of This computer, which is stopped at the end. Only the ports are used.
class House {
public:
    House();
    ~House();
    House(const House &) = delete;
    House &operator=(const House &) = delete;

    [[nodiscard]] QString home() const { return m_folder.path() + QStringLiteral("/home"); }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] amana::app::WorkspaceOptions options(const QString &profile) const;

    /// Makes the profiles in order; the first one makes the chain and enrols the others by their roles.
    [[nodiscard]] bool moveIn(const QStringList &names, const std::vector<amana::ports::ProfileRole> &roles);
    /// Opens the person's workspace and waits until it is on the network.
    [[nodiscard]] bool sitDown(const QString &name);
    void leave(const QString &name) { m_rooms.erase(name); }
    [[nodiscard]] amana::ports::Ports at(const QString &name) { return m_rooms.at(name)->ports(); }

private:
    QTemporaryDir m_folder;
    std::map<QString, std::unique_ptr<amana::app::Workspace>> m_rooms;
};

constexpr int kPatience = 240'000; // ms; a loaded machine, several key derivations of a second each

/// The value of a future that must succeed.
template <class T>
[[nodiscard]] amana::Result<T> answer(QFuture<amana::Result<T>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, kPatience))
        return amana::fail(amana::ErrorCode::ChainTimeout);
    if (!future.isValid() || future.resultCount() == 0)
        return amana::fail(amana::ErrorCode::Cancelled);
    return future.result();
}

template <class T>
[[nodiscard]] std::string errorOf(QFuture<amana::Result<T>> future)
{
    const auto result = answer(std::move(future));
    return result ? std::string("none") : std::string(amana::errorId(result.error().code));
}

/// Waits for the end of a job. QCOMPARE its state.
[[nodiscard]] amana::ports::JobRow finished(amana::ports::JobsPort &jobs, const QString &id);
[[nodiscard]] std::string told(const amana::ports::JobRow &job); ///< its error, for messages

/// Declares `target`, or fails the test with the error.
#define GET(target, future)                                                                                   \
    auto target##Answer = answer(future);                                                                     \
    QVERIFY2(target##Answer.has_value(),                                                                      \
             target##Answer ? "" : target##Answer.error().debugString().c_str());                             \
    auto target = std::move(*target##Answer)
#define DO(future)                                                                                            \
    do {                                                                                                      \
        const auto doneAnswer = answer(future);                                                               \
        QVERIFY2(doneAnswer.has_value(), doneAnswer ? "" : doneAnswer.error().debugString().c_str());         \
    } while (false)
