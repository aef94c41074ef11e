// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/format_text.h"

#include "ui/text/text_catalogue.h"
#include "ui/widgets/korean_break.h"

#include <QCoreApplication>
#include <QLocale>

namespace amana::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(amana::ui::Words)
};

const QString kNone = QStringLiteral("–");

} // namespace

QString bytesText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, bytes < 1024 ? 0 : 1);
}

QString dateText(const QDateTime &when)
{
    return when.isValid() ? QLocale().toString(when.toLocalTime().date(), QLocale::ShortFormat) : kNone;
}

QString dateTimeText(const QDateTime &when)
{
    return when.isValid() ? QLocale().toString(when.toLocalTime(), QLocale::ShortFormat) : kNone;
}

QString shortAddress(const QString &address)
{
    return address.size() > 12 ? address.left(6) + QStringLiteral("…") + address.right(4) : address;
}

QString elidedMiddle(const QString &text, int keep)
{
    return text.size() > 2 * keep + 1 ? text.left(keep) + QStringLiteral("…") + text.right(keep) : text;
}

QString partyText(const ports::Party &party)
{
    if (!party.name.isEmpty())
        return party.name;
    return party.address.isEmpty() ? Words::tr("Institution") : shortAddress(party.address);
}

QString datasetText(const QString &title, const QString &number)
{
    return title.isEmpty() ? Words::tr("Dataset %1").arg(number) : title;
}

QString termText(const QString &area, const QString &code)
{
    return TextCatalogue::current().term(area, code);
}

QString termsText(const QString &area, const QStringList &codes)
{
    QStringList words;
    for (const QString &code : codes)
        words << termText(area, code);
    return words.join(QStringLiteral(", "));
}

QString policyText(const QString &policy, const QString &base, const QStringList &weaker)
{
    const QString name = termText(QStringLiteral("policy"), policy);
    return base.isEmpty() ? name
                          : breakAtSpaces(Words::tr("%1, an own policy from “%2”. %3", "policy, base, warning or nothing")
                                              .arg(name, termText(QStringLiteral("policy"), base),
                                                   policyWarning(base, weaker))
                                              .trimmed());
}

QString policyWarning(const QString &base, const QStringList &weaker)
{
    return weaker.isEmpty() ? QString()
                            : breakAtSpaces(Words::tr("This own policy is weaker than “%1” at: %2. More of the patients stays"
                                                      " in the data.")
                                                .arg(termText(QStringLiteral("policy"), base),
                                                     weaker.join(QStringLiteral(", "))));
}

QString rolesText(std::uint32_t roles)
{
    QStringList words;
    if (roles & ports::RoleUploader)
        words << Words::tr("Uploader");
    if (roles & ports::RolePatient)
        words << Words::tr("Patient");
    if (roles & ports::RoleResearcher)
        words << Words::tr("Researcher");
    if (roles & ports::RoleAdministrator)
        words << Words::tr("Administrator");
    if (roles & ports::RoleBreakGlass)
        words << Words::tr("Emergency access");
    if (roles & ports::RoleAuditor)
        words << Words::tr("Auditor");
    return words.isEmpty() ? Words::tr("No role") : words.join(QStringLiteral(", "));
}

QString profileRoleText(ports::ProfileRole role)
{
    switch (role) {
    case ports::ProfileRole::Clinician: return Words::tr("Clinician");
    case ports::ProfileRole::Patient: return Words::tr("Patient");
    case ports::ProfileRole::Researcher: return Words::tr("Research staff");
    case ports::ProfileRole::Administrator: return Words::tr("Administrator");
    }
    return {};
}

StateWords requestStateWords(ports::RequestState state)
{
    switch (state) {
    case ports::RequestState::None: return {kNone, Tone::Plain, {}};
    case ports::RequestState::Requested:
        return {Words::tr("Waiting", "state of a request"), Tone::Caution, QStringLiteral("clock")};
    case ports::RequestState::Returned:
        return {Words::tr("Returned", "state of a request"), Tone::Caution, QStringLiteral("undo")};
    case ports::RequestState::Approved:
        return {Words::tr("Approved", "state of a request"), Tone::Ok, QStringLiteral("check")};
    case ports::RequestState::Denied:
        return {Words::tr("Declined", "state of a request"), Tone::Danger, QStringLiteral("cross")};
    case ports::RequestState::Cancelled:
        return {Words::tr("Cancelled", "state of a request"), Tone::Pending, QStringLiteral("stop")};
    case ports::RequestState::Revoked:
        return {Words::tr("Revoked", "state of a request"), Tone::Danger, QStringLiteral("lock")};
    case ports::RequestState::Expired:
        return {Words::tr("Expired", "state of a request"), Tone::Pending, QStringLiteral("clock")};
    }
    return {kNone, Tone::Plain, {}};
}

} // namespace amana::ui
