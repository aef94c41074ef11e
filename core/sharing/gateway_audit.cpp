// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/gateway_audit.h"

#include "core/base/files.h"
#include "core/crypto/secp256k1.h"

#include <QDir>
#include <QFile>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace amana::sharing {

namespace {

using nlohmann::json;
using EventKind = GatewayEvent::Kind;

constexpr std::size_t kMaxRepeated = 4096; ///< kinds of refusals that are told apart between two flushes
constexpr std::array<std::string_view, 4> kNames{"gatewayChallenge", "gatewayToken", "gatewayRefused", "gatewayServed"};

QString pathIn(const QString &folder)
{
    return folder + QStringLiteral("/gateway-audit.jsonl");
}

json toJson(const GatewayEvent &event)
{
    json line{{"time", event.time.toUTC().toString(Qt::ISODateWithMs).toStdString()},
              {"event", std::string(gatewayEventName(event.kind))},
              {"peer", event.peer}};
    if (event.request > 0)
        line["request"] = event.request;
    if (event.dataset > 0)
        line["dataset"] = event.dataset;
    if (event.client != Address{})
        line["client"] = crypto::checksumAddress(event.client);
    if (event.code)
        line["code"] = std::string(errorId(*event.code));
    if (event.kind == EventKind::Refused)
        line["count"] = event.count;
    if (event.kind == EventKind::Served) {
        line["blocks"] = event.blocks;
        line["bytes"] = event.bytes;
    }
    return line;
}

std::optional<GatewayEvent> fromJson(const json &line)
{
    if (!line.is_object())
        return {};
    const auto text = [&line](const char *name) {
        const auto it = line.find(name);
        return it != line.end() && it->is_string() ? it->get<std::string>() : std::string();
    };
    const auto number = [&line](const char *name, std::uint64_t fallback) {
        const auto it = line.find(name);
        return it != line.end() && it->is_number_unsigned() ? it->get<std::uint64_t>() : fallback;
    };
    const auto kind = std::find(kNames.begin(), kNames.end(), text("event"));
    GatewayEvent event;
    event.time = QDateTime::fromString(QString::fromStdString(text("time")), Qt::ISODateWithMs);
    if (kind == kNames.end() || !event.time.isValid())
        return {};
    event.kind = static_cast<EventKind>(kind - kNames.begin());
    event.peer = text("peer");
    event.request = number("request", 0);
    event.dataset = number("dataset", 0);
    event.count = number("count", 1);
    event.blocks = number("blocks", 0);
    event.bytes = number("bytes", 0);
    if (const auto client = crypto::parseAddress(text("client")))
        event.client = *client;
    for (const ErrorCode code : allErrorCodes())
        if (errorId(code) == text("code"))
            event.code = code;
    return event;
}

tl::unexpected<Error> unwritable(const QString &path)
{
    return fail(errno == ENOSPC || errno == EDQUOT ? ErrorCode::FileDiskFull : ErrorCode::FileUnwritable,
                {{"path", path.toStdString()}});
}

} // namespace

std::string_view gatewayEventName(GatewayEvent::Kind kind)
{
    return kNames[static_cast<std::size_t>(kind)];
}

GatewayAudit::GatewayAudit(QString folder, const Clock &clock, qint64 rotateAt)
    : m_folder(std::move(folder)), m_clock(clock), m_rotateAt(rotateAt)
{
}

GatewayAudit::~GatewayAudit()
{
    static_cast<void>(flush()); // nobody is left to be told
}

Result<std::unique_ptr<GatewayAudit>> GatewayAudit::open(const QString &folder, const Clock &clock, qint64 rotateAt)
{
    AMANA_CHECK(makeFolder(folder));
    std::unique_ptr<GatewayAudit> audit(new GatewayAudit(folder, clock, rotateAt));
    AMANA_CHECK(audit->appendBytes({})); // whether it can be written at all
    return audit;
}

Status GatewayAudit::appendBytes(const QByteArray &line) const
{
    const QString path = pathIn(m_folder);
    const int file = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        return unwritable(path);
    // One write a line: several gateways of a profile may add to it.
    const bool written = ::write(file, line.constData(), static_cast<std::size_t>(line.size())) == line.size()
                      && ::fdatasync(file) == 0;
    const Status status = written ? Status() : Status(unwritable(path));
    ::close(file);
    return status;
}

void GatewayAudit::rotate()
{
    const QString path = pathIn(m_folder);
    if (QFile(path).size() < m_rotateAt)
        return;
    // A name that is taken, or a folder that cannot be written: the file grows on.
    QFile::rename(path, m_folder
                            + QStringLiteral("/gateway-audit-%1.jsonl")
                                  .arg(m_clock.now().toUTC().toString(QStringLiteral("yyyyMMdd'T'HHmmsszzz"))));
}

Status GatewayAudit::append(GatewayEvent event)
{
    event.time = m_clock.now();
    rotate();
    m_state = appendBytes(QByteArray::fromStdString(toJson(event).dump(-1, ' ', true, json::error_handler_t::replace)) + '\n');
    return m_state;
}

Status GatewayAudit::write(GatewayEvent event)
{
    const std::lock_guard lock(m_mutex);
    return append(std::move(event));
}

Status GatewayAudit::refused(const GatewayEvent &event)
{
    const std::lock_guard lock(m_mutex);
    Kind kind{event.peer, event.code.value_or(ErrorCode::InternalUnexpected)};
    if (!m_repeated.contains(kind) && m_repeated.size() >= kMaxRepeated)
        kind.first = "many"; // so many peers at once are told together
    const auto [it, first] = m_repeated.try_emplace(kind, event);
    if (!first) {
        ++it->second.count;
        return m_state;
    }
    it->second.peer = kind.first;
    it->second.count = 0;
    return append(event);
}

Status GatewayAudit::flush()
{
    const std::lock_guard lock(m_mutex);
    for (auto it = m_repeated.begin(); it != m_repeated.end();) {
        if (it->second.count > 0)
            AMANA_CHECK(append(it->second));
        it = m_repeated.erase(it);
    }
    return m_state ? m_state : (m_state = appendBytes({})); // it may be possible again
}

Status GatewayAudit::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

Result<std::vector<GatewayEvent>> readGatewayAudit(const QString &folder, std::size_t limit)
{
    // Names sort by time; the one without a time is the newest.
    QStringList names = QDir(folder).entryList({QStringLiteral("gateway-audit-*.jsonl")}, QDir::Files, QDir::Name);
    if (QFile::exists(pathIn(folder)))
        names.append(QStringLiteral("gateway-audit.jsonl"));
    std::vector<GatewayEvent> events;
    while (!names.isEmpty() && events.size() < limit) {
        AMANA_TRY(const QByteArray bytes, readFile(folder + QLatin1Char('/') + names.takeLast()));
        QList<QByteArray> lines = bytes.split('\n');
        for (auto line = lines.crbegin(); line != lines.crend() && events.size() < limit; ++line)
            if (auto event = fromJson(json::parse(line->constBegin(), line->constEnd(), nullptr, false)))
                events.push_back(std::move(*event));
    }
    return events;
}

} // namespace amana::sharing
