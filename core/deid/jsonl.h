// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/deid/plan.h"

#include <QIODevice>

#include <cstddef>
#include <vector>

namespace amana::deid {

struct JsonlSummary {
    std::size_t lines = 0; ///< lines answered
    std::size_t spans = 0;
    std::vector<Error>
        problems; ///< one per line that could not be read (line number inside); the others are answered
};

/// Reads lines `{"id","text"}` and writes `{"id","text","spans":[{"start","end","type","score","by"}]}`,
/// offsets in code points, in the order read, unknown members of a line dropped. `text` is given back
/// unchanged. Printed are the spans at or above the policy's threshold of their type. Blank lines are
/// skipped. Fails with FileUnwritable, Cancelled, DeidModelInvalid.
[[nodiscard]] Result<JsonlSummary> annotateJsonLines(const Deidentifier &engine, QIODevice &in,
                                                     QIODevice &out, const Progress &progress);

} // namespace amana::deid
