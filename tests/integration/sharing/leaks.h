// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <string>
#include <vector>

/// Looking for what must not have left.

inline const QString kSample = QStringLiteral(AMANA_SOURCE_DIR "/resources/sample");

/// Of a file; empty when it cannot be read.
[[nodiscard]] QByteArray contents(const QString &path);
/// Every identifier planted in the sample, from its own list.
[[nodiscard]] std::vector<std::string> planted();
/// Which of `needles` are in the bytes: plain, in UTF-16 of both byte orders, and inside base64 runs.
[[nodiscard]] QStringList foundIn(const QByteArray &bytes, const std::vector<std::string> &needles);
