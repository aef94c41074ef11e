// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/values.h"

#include "core/chain/contracts.h"
#include "core/crypto/hash.h"
#include "core/crypto/secp256k1.h"

#include <QFileInfo>
#include <QTime>

#include <nlohmann/json.hpp>

namespace amana::app {

std::vector<std::string> toStrings(const QStringList &list)
{
    std::vector<std::string> strings;
    for (const QString &text : list)
        strings.push_back(text.toStdString());
    return strings;
}

QStringList toQStrings(const std::vector<std::string> &list)
{
    QStringList strings;
    for (const std::string &text : list)
        strings << QString::fromStdString(text);
    return strings;
}

Result<std::uint64_t> numberOf(const QString &text)
{
    bool good = false;
    const std::uint64_t number = text.toULongLong(&good);
    if (!good || number == 0)
        return fail(ErrorCode::StoreNotFound, {{"id", text.left(40).toStdString()}});
    return number;
}

QDateTime timeOf(std::uint64_t seconds)
{
    if (seconds == 0 || seconds >= chain::kForever)
        return {};
    return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(seconds), Qt::UTC);
}

Result<std::uint64_t> endOfLocalDay(const QDate &day, const QDateTime &now)
{
    const QDateTime end(day, QTime(23, 59, 59), Qt::LocalTime);
    if (!day.isValid() || end <= now)
        return fail(ErrorCode::SharingBadDate, {{"date", day.toString(Qt::ISODate).toStdString()}});
    return static_cast<std::uint64_t>(end.toSecsSinceEpoch());
}

QString fingerprintOf(std::string_view publicValue)
{
    const Digest digest = crypto::sha256(bytesOf(publicValue));
    QString text = QString::fromStdString(toHex(ByteView(digest).first(8))).toUpper();
    for (qsizetype at = 12; at > 0; at -= 4)
        text.insert(at, u' ');
    return text;
}

ports::ProfileRole portRole(keys::ProfileRole role)
{
    switch (role) {
    case keys::ProfileRole::Clinician:
        return ports::ProfileRole::Clinician;
    case keys::ProfileRole::Patient:
        return ports::ProfileRole::Patient;
    case keys::ProfileRole::Researcher:
        return ports::ProfileRole::Researcher;
    case keys::ProfileRole::Administrator:
        return ports::ProfileRole::Administrator;
    }
    return ports::ProfileRole::Clinician;
}

keys::ProfileRole keysRole(ports::ProfileRole role)
{
    switch (role) {
    case ports::ProfileRole::Clinician:
        return keys::ProfileRole::Clinician;
    case ports::ProfileRole::Patient:
        return keys::ProfileRole::Patient;
    case ports::ProfileRole::Researcher:
        return keys::ProfileRole::Researcher;
    case ports::ProfileRole::Administrator:
        return keys::ProfileRole::Administrator;
    }
    return keys::ProfileRole::Clinician;
}

ports::ProfileInfo portProfile(const keys::ProfileInfo &info)
{
    ports::ProfileInfo profile;
    profile.name = QString::fromStdString(info.name);
    profile.role = portRole(info.role);
    profile.address = QString::fromStdString(crypto::checksumAddress(info.address));
    profile.fingerprint = fingerprintOf(info.ageRecipient);
    const QFileInfo folder(info.folder);
    profile.created = folder.birthTime().isValid() ? folder.birthTime().toUTC() : folder.lastModified().toUTC();
    return profile;
}

ErrorCode codeFromId(std::string_view id)
{
    for (const ErrorCode code : allErrorCodes())
        if (errorId(code) == id)
            return code;
    return ErrorCode::InternalUnexpected;
}

nlohmann::json errorToJson(const Error &error)
{
    return {{"code", std::string(errorId(error.code))}, {"params", error.params}};
}

Error errorFromJson(const nlohmann::json &object)
{
    try {
        return Error(codeFromId(object.at("code").get<std::string>()),
                     object.at("params").get<Error::Params>());
    } catch (const nlohmann::json::exception &) {
        return Error(ErrorCode::InternalUnexpected);
    }
}

} // namespace amana::app
