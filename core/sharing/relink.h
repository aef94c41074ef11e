// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/sharing/linkage.h"

#include <QByteArray>

#include <string>

namespace amana::sharing {

/// A released document with the true name and dates put back, in its own format: what the next doctor sees under a care
/// grant. Dates go back by the linkage's shift, replaced names become the true ones, the birth date is whole again; all
/// else stays as it was released. format.*.
[[nodiscard]] Result<QByteArray> relinkDocument(const QByteArray &released, const std::string &format,
                                                const Linkage &linkage);

} // namespace amana::sharing
