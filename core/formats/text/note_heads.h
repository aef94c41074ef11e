// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records/document.h"

#include <string_view>

namespace amana::formats::text {

/// Whom a note is about, from its own heads: names, record numbers, phone, birth date, sex.
void collectNoteSubject(std::string_view note, records::Subject &subject);

} // namespace amana::formats::text
