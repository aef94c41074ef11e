// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <nlohmann/json.hpp>

/// What a run of the program gave.
struct Ran {
    int code = -1;
    QByteArray out;
    QByteArray err;
    nlohmann::json json; ///< the document on standard output; null when it is none

    [[nodiscard]] std::string errorCode() const;
    [[nodiscard]] const char *why() const; ///< everything, for a failing test
    mutable QByteArray whole;
};

/// A temporary home (and folder for temporary files) with a passphrase file of mode 0600, and the built
/// program. A chain that was started in it is stopped at the end.
class Runner {
public:
    Runner();
    ~Runner();

    [[nodiscard]] QString home() const { return m_folder.filePath(QStringLiteral("home")); }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    /// Writes a file into the temporary folder and returns its path.
    QString write(const QString &name, const QByteArray &content) const;

    /// As a person runs it.
    [[nodiscard]] Ran run(const QStringList &arguments, const QByteArray &input = {}) const;
    /// With --json; `profile` empty: none named.
    [[nodiscard]] Ran json(const QStringList &arguments, const QString &profile = {}) const;
    /// A process that is not waited for.
    void start(QProcess &process, const QStringList &arguments) const;

    static QString program();

private:
    QTemporaryDir m_folder;
};

/// QCOMPARE for a value of a JSON document.
#define SAME_JSON(actual, expected)                                                                          \
    do {                                                                                                     \
        const nlohmann::json sameActual = (actual);                                                          \
        QVERIFY2(sameActual == nlohmann::json(expected), sameActual.dump().c_str());                         \
    } while (false)

[[nodiscard]] QByteArray contentOf(const QString &path);
/// Whether any file of a folder, however deep, has the text in it.
[[nodiscard]] bool below(const QString &folder, const QByteArray &text);
/// "2026-01-31", so many days from now.
[[nodiscard]] QString later(int days);
