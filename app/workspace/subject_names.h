// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/library.h"

#include <map>
#include <string>

namespace amana::app {

/// The fullest of the written forms that were found; empty when there is none. Patient text.
[[nodiscard]] QString subjectName(const records::Subject &subject);

/// Subject key → name, of all subjects of the library.
[[nodiscard]] Result<std::map<std::string, QString>> subjectNames(const store::Library &library);

} // namespace amana::app
