// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"
#include "core/base/clock.h"

#include <QString>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace amana::sharing {

/// One line of the gateway's audit trail. Accounts and network addresses; no names, no nonces, no tokens.
struct GatewayEvent {
    enum class Kind { Challenge, Token, Refused, Served };

    Kind kind = Kind::Challenge;
    QDateTime time{};          ///< set when it is written
    std::uint64_t request = 0; ///< 0: not known
    std::uint64_t dataset = 0; ///< 0: not known
    Address client{};          ///< as it says in a challenge; proven in the others; zero: not known
    std::string peer{};        ///< numeric address
    std::optional<ErrorCode> code{}; ///< of a refusal
    std::uint64_t count = 1;   ///< so many of the same refusal
    std::uint64_t blocks = 0;  ///< served since the line before
    std::uint64_t bytes = 0;   ///< of those
};
[[nodiscard]] std::string_view gatewayEventName(GatewayEvent::Kind kind); ///< "gatewayChallenge" …

/// Lines of JSON in <folder>/gateway-audit.jsonl, mode 0600, only ever added to. A line is on the disk when write() returns.
/// Above 8 MiB the file gets the time as part of its name and a new one begins; old ones are never removed. Thread-safe.
class GatewayAudit {
public:
    /// FileUnwritable, FileDiskFull. `clock` outlives it.
    [[nodiscard]] static Result<std::unique_ptr<GatewayAudit>> open(const QString &folder, const Clock &clock,
                                                                    qint64 rotateAt = qint64(8) << 20);
    ~GatewayAudit(); ///< as flush()

    /// FileUnwritable, FileDiskFull.
    [[nodiscard]] Status write(GatewayEvent event);
    /// The first of its kind (code and peer) at once, repetitions as one line with a count at the next flush(): whoever is
    /// refused all the time cannot fill the disk.
    [[nodiscard]] Status refused(const GatewayEvent &event);
    /// To be called every half minute or so.
    [[nodiscard]] Status flush();
    /// How the last write ended: who cannot tell what it does must not do it.
    [[nodiscard]] Status state() const;

private:
    GatewayAudit(QString folder, const Clock &clock, qint64 rotateAt);
    [[nodiscard]] Status append(GatewayEvent event);
    [[nodiscard]] Status appendBytes(const QByteArray &line) const;
    void rotate();

    using Kind = std::pair<std::string, ErrorCode>; ///< peer and code
    const QString m_folder;
    const Clock &m_clock;
    const qint64 m_rotateAt;
    mutable std::mutex m_mutex; // guards the file and what follows
    std::map<Kind, GatewayEvent> m_repeated; ///< since the last flush; count 0: it was written and did not come again
    Status m_state;
};

/// The newest `limit` lines, newest first; lines that make no sense are passed over. FileUnreadable.
[[nodiscard]] Result<std::vector<GatewayEvent>> readGatewayAudit(const QString &folder, std::size_t limit);

} // namespace amana::sharing
