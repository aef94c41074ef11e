// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records/document.h"
#include "core/store/library.h"

#include <QByteArray>

#include <string>

namespace amana::store {

// Values as they lie, sealed, in a row. `context` is "<table>/<id>".

struct SourceNote {
    std::string name;
    std::string path;
    std::vector<formats::Problem> problems;
    std::optional<Error> error;
};

[[nodiscard]] QByteArray sealSubject(const Vault &vault, const records::Subject &subject);
[[nodiscard]] Result<records::Subject> openSubject(const Vault &vault, const std::string &key, const QByteArray &sealed);

[[nodiscard]] QByteArray sealSource(const Vault &vault, const std::string &context, const SourceNote &note);
[[nodiscard]] Result<SourceNote> openSource(const Vault &vault, const std::string &context, const QByteArray &sealed);

/// Everything that either says.
void mergeSubject(records::Subject &into, const records::Subject &from);

} // namespace amana::store
