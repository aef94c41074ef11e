// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <vector>

namespace amana::cli {

enum ExitCode { kDone = 0, kRefused = 1, kUsage = 2 };

/// Standard output gets the result and nothing else: text for people, or one JSON document under --json.
/// Progress and messages go to standard error, and nowhere under --json, so that a script sees one document
/// and no chatter.
class Output {
public:
    explicit Output(bool json);
    ~Output();
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;

    [[nodiscard]] bool isJson() const;
    /// A line for people; nothing under --json.
    void line(const QString &text = {}) const;
    /// Columns under their titles, for people; nothing under --json. An empty list prints `none` instead.
    void table(const QStringList &titles, const std::vector<QStringList> &rows, const QString &none) const;
    /// Sets (or, for an object, adds members to) the document that finish() prints.
    void json(const nlohmann::json &document) const;
    /// A message on standard error; nothing under --json.
    void note(const QString &text) const;
    /// A Progress that ends with Ctrl+C and, on a terminal, draws one line on standard error.
    [[nodiscard]] Progress progress(const std::string &stage) const;
    /// Title, meaning, next step and code on standard error; under --json the document gets the member
    /// "error". Returns the exit code: kUsage for UsageInvalid, else kRefused.
    [[nodiscard]] int refuse(const Error &error) const;
    /// Prints the JSON document, if that is wanted and was not done. The last call, but for a command that goes on: what it
    /// sets afterwards is not printed.
    void finish() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m;
};

/// {"code","title","meaning","next","params"[,"cause"]} in the user's language.
[[nodiscard]] nlohmann::json errorToJson(const Error &error);
/// The error with the file it is about, where it does not say so itself.
[[nodiscard]] Error withPath(Error error, const QString &path);
/// "title. meaning [code]" in one line, for lists.
[[nodiscard]] QString errorLine(const Error &error);

} // namespace amana::cli
