// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/subject_names.h"

#include <algorithm>

namespace amana::app {

QString subjectName(const records::Subject &subject)
{
    const auto fullest = std::max_element(
        subject.names.begin(), subject.names.end(),
        [](const std::string &a, const std::string &b) { return a.size() < b.size(); });
    return fullest == subject.names.end() ? QString() : QString::fromStdString(*fullest);
}

Result<std::map<std::string, QString>> subjectNames(const store::Library &library)
{
    AMANA_TRY(const std::vector<store::SubjectEntry> subjects, library.subjects());
    std::map<std::string, QString> names;
    for (const store::SubjectEntry &entry : subjects)
        names.emplace(entry.subject.key, subjectName(entry.subject));
    return names;
}

} // namespace amana::app
