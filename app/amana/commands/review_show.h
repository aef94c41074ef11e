// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/amana/output.h"
#include "app/workspace/session.h"

#include <nlohmann/json_fwd.hpp>

namespace amana::cli {

/// {"edits","undecided","sample","sampleLeft"}
[[nodiscard]] nlohmann::json countToJson(const sharing::ReviewCount &count);

/// The edits of one document with the text around them (`everything`: decided ones too), the sample sentences
/// and the dropped fields. This is patient text, for the person who reviews.
[[nodiscard]] Status showDocument(const Output &out, app::Session &session, const sharing::Draft &draft,
                                  const std::string &id, bool everything);

} // namespace amana::cli
