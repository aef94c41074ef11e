// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"

#include <QDate>
#include <QDateTime>

#include <optional>
#include <vector>

namespace amana::ports {

/// As AccessGrants.State of the contract.
enum class RequestState { None, Requested, Returned, Approved, Denied, Cancelled, Revoked, Expired };
enum class GrantKind { Research, Care }; ///< Care adds the true name and dates (linkage)
/// The last four are about the price: paid into escrow, released to the sellers, taken back, disputed.
enum class RequestAction { Approve, Return, Deny, Revoke, Cancel, Resubmit, Download, Pay, Accept, Refund, Dispute };

struct RequestRow {
    QString id;             ///< number on the chain
    QString dataset;
    QString datasetTitle;
    Party requester;
    QString purpose;        ///< DUO code
    QDateTime until;        ///< UTC, end of the day that was named
    QDateTime created;
    RequestState state = RequestState::None;
    unsigned revision = 1;
    int votes = 0;
    int threshold = 1;
    bool waitsForMe = false;
};

/// One line of the before/after table. `what` is a code: "canOpen" "ends" "fee" "cannotRecall" "votes" "sees".
struct Consequence {
    QString what;
    QString now;   ///< values only (numbers, names, dates); the words around them are the ui's
    QString after;
};

struct TimelineRow {
    QDateTime when;
    QString kind;    ///< event code, as AuditRow::kind
    Party who;
    QString comment; ///< decrypted, when it was for me
};

/// What each action would do if it were sent now: the contract was asked (eth_call).
struct ActionState {
    RequestAction action = RequestAction::Approve;
    std::optional<Error> refused; ///< empty: allowed
};

/// The money for a request. `state` is a code: "unpaid" "paid" "delivered" "disputed" "released" "refunded".
struct Payment {
    QString price;   ///< "5 AMC"; empty: free, and all else is empty too
    QString state;
    QDateTime until; ///< when the next step needs nobody's yes; invalid: there is none
    QString reason;  ///< of a dispute, decrypted when it was for me
    Party arbiter;   ///< decides a dispute
};

/// Access without a custodian's yes, declared by a member with that role; an auditor reviews it. `state` is a code: "open"
/// "reviewDue" "justified" "notJustified".
struct EmergencyRow {
    QString id;
    QString dataset;
    QString datasetTitle;
    Party who;
    QDateTime declared;
    QDateTime until;
    QString state;
    QString reason; ///< decrypted, when it was for me
};

struct RequestDetail {
    RequestRow row;
    Payment payment{};
    // who
    int pastRequests = 0;
    QString roles;           ///< ChainRole names, comma separated codes: "researcher,uploader"
    // what
    int records = 0;
    int subjects = 0;
    qint64 bytes = 0;
    QString cid;
    std::vector<std::pair<QString, int>> removed; ///< de-identification report: type → count; empty: not at hand
    QString policy;
    QString policyBase{};       ///< of a user's own policy; empty: it came with the program, or only the public card is known
    QStringList policyWeaker{}; ///< places where it lets more stand than its base
    // why
    QString message;         ///< decrypted, empty when it is not for me
    bool purposeFits = false;
    QStringList conditions;  ///< DUO ids that the requester undertakes to meet; whether they do, the custodian judges
    // consequences
    bool careAllowed = false; ///< the purpose is clinical care: approving adds the linkage
    std::vector<Consequence> consequences;
    std::vector<ActionState> actions;
    std::vector<TimelineRow> timeline;
};

struct NewRequest {
    QString dataset;
    QString purpose;
    QDate until;     ///< the request ends at the end of this day, local time
    QString message; ///< encrypted to the custodians
    QStringList conditions{}; ///< DUO ids that the requester undertakes to meet
};

/// Requests both ways. The futures of actions finish when the transaction is final or was refused (contract.*).
class RequestsPort {
public:
    virtual ~RequestsPort() = default;

    virtual Future<std::vector<RequestRow>> incoming() = 0;
    virtual Future<std::vector<RequestRow>> outgoing() = 0;
    virtual Future<RequestDetail> detail(const QString &request) = 0;
    virtual Future<QString> request(const NewRequest &spec) = 0; ///< the new number
    virtual FutureStatus resubmit(const QString &request, const NewRequest &spec) = 0;
    /// `revision` is the one that was on screen: contract.revisionChanged when it is no longer the last.
    virtual FutureStatus approve(const QString &request, unsigned revision, GrantKind kind) = 0;
    virtual FutureStatus returnForChanges(const QString &request, const QString &comment) = 0;
    virtual FutureStatus deny(const QString &request, const QString &reason) = 0;
    virtual FutureStatus revoke(const QString &request) = 0;
    virtual FutureStatus cancel(const QString &request) = 0;
    /// Pay, Accept, Refund or Dispute; only a dispute has a reason. A repeated step is done once.
    virtual FutureStatus money(const QString &request, RequestAction step, const QString &reason) = 0;
    /// Of my datasets, by me or for me to review; newest first.
    virtual Future<std::vector<EmergencyRow>> emergencies() = 0;
};

} // namespace amana::ports
