// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/shown.h"

#include "core/chain/contracts.h"

#include <QDateTime>
#include <QLocale>

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace amana::cli {

std::string hexOf(const Digest &digest)
{
    return "0x" + toHex(digest);
}

std::string timeOf(std::uint64_t seconds)
{
    if (seconds == 0 || seconds == chain::kForever)
        return {};
    return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(seconds), Qt::UTC)
        .toString(Qt::ISODate)
        .toStdString();
}

QString sizeOf(std::uint64_t bytes)
{
    return QLocale::c().formattedDataSize(static_cast<qint64>(bytes), 1, QLocale::DataSizeSIFormat);
}

QString listOf(const std::vector<std::string> &words)
{
    QString text;
    for (const std::string &word : words)
        text += (text.isEmpty() ? QString() : QStringLiteral(", ")) + QString::fromStdString(word);
    return text;
}

QString toQ(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Status writeNewSecretFile(const QString &path, const SecretBytes &content)
{
    const std::string name = path.toStdString();
    const QByteArray encoded = path.toLocal8Bit();
    const int file = ::open(encoded.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return fail(errno == EEXIST ? ErrorCode::FileExists : ErrorCode::FileUnwritable, {{"path", name}});
    const ssize_t written = ::write(file, content.data(), content.size());
    const bool whole = written == static_cast<ssize_t>(content.size()) && ::fsync(file) == 0;
    ::close(file);
    if (whole)
        return {};
    ::unlink(encoded.constData());
    return fail(ErrorCode::FileUnwritable, {{"path", name}});
}

} // namespace amana::cli
