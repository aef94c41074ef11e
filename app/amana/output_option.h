// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/cli.h"
#include "app/amana/streams.h"

namespace amana::cli {

/// `-o` and `--force`, for commands that write one file.
void declareOutput(Arguments &arguments, const QString &what);
/// What they say. UsageInvalid: content and the JSON document cannot share standard output. FileExists.
[[nodiscard]] Result<OutputFile> outputOf(const Context &context, const Arguments &arguments, bool ownerOnly = false);

} // namespace amana::cli
