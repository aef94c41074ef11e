// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/policy.h"

#include <string>

namespace amana::deid {

/// A policy as a page for people (Markdown, English): whose words each item is, what happens to every kind of field and
/// every type of mark, and where a user's own policy differs from its base. Equal input gives equal bytes: the pages
/// beside the bundled policies (resources/policies/<name>.md) are this.
[[nodiscard]] std::string policyPage(const Policy &policy);

} // namespace amana::deid
