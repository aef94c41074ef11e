// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"
#include "core/ports/requests_port.h"
#include "core/ports/session_port.h"
#include "ui/theme/tokens.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

namespace amana::ui {

/// Values as people read them, in the application's locale.
[[nodiscard]] QString bytesText(qint64 bytes);
[[nodiscard]] QString dateText(const QDateTime &when);     ///< local date; "–" when invalid
[[nodiscard]] QString dateTimeText(const QDateTime &when); ///< local date and minutes; "–" when invalid
[[nodiscard]] QString shortAddress(const QString &address); ///< 0x1234…abcd
[[nodiscard]] QString partyText(const ports::Party &party); ///< name, or the short address, or "Institution"
/// The public title, or the number: records of one person have no title.
[[nodiscard]] QString datasetText(const QString &title, const QString &number);
[[nodiscard]] QString termText(const QString &area, const QString &code);
[[nodiscard]] QString termsText(const QString &area, const QStringList &codes);
/// The policy's name; of a user's own (`base` not empty) also what it is based on, and policyWarning.
[[nodiscard]] QString policyText(const QString &policy, const QString &base, const QStringList &weaker);
/// That an own policy lets more of the patients stand than the one it is based on, and where; empty when nowhere.
[[nodiscard]] QString policyWarning(const QString &base, const QStringList &weaker);
[[nodiscard]] QString rolesText(std::uint32_t roles);       ///< chain roles; "No role" when none
[[nodiscard]] QString profileRoleText(ports::ProfileRole role);
[[nodiscard]] QString elidedMiddle(const QString &text, int keep = 10); ///< for CIDs and hashes

struct StateWords {
    QString text;
    Tone tone;
    QString icon;
};
[[nodiscard]] StateWords requestStateWords(ports::RequestState state);

} // namespace amana::ui
