// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <QFuture>
#include <QString>

#include <memory>

namespace amana::ports {

/// Asynchronous result of a port.
template <class T>
using Future = QFuture<Result<T>>;
using FutureStatus = QFuture<Status>;

using JobId = QString;

/// Shared because a future copies its result; the bytes are wiped with the last owner.
using Secret = std::shared_ptr<const SecretBytes>;

/// Somebody as a person is shown: by name where it is known, always with the address to check it against.
struct Party {
    QString name;        ///< from the member list or the own contacts; empty: not known
    QString address;     ///< EIP-55 checksum, or empty (the institution's own key service)
    QString institution; ///< name or number of the institution; empty: not a member
    QString verified;    ///< ISO date on which this computer's user compared the fingerprint; empty: not yet

    bool operator==(const Party &) const = default;
};

} // namespace amana::ports
