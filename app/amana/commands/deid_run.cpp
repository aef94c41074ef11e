// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/commands/deid_run.h"

#include "core/base/files.h"
#include "core/base/utf8.h"
#include "core/deid/kept_values.h"
#include "core/formats/format.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <set>

namespace amana::cli {

namespace {

void addAll(std::vector<std::string> &to, const std::vector<std::string> &from)
{
    for (const std::string &text : from)
        if (std::find(to.begin(), to.end(), text) == to.end())
            to.push_back(text);
}

void merge(records::Subject &to, const records::Subject &from)
{
    addAll(to.names, from.names);
    addAll(to.identifiers, from.identifiers);
    addAll(to.otherKnown, from.otherKnown);
    addAll(to.links, from.links);
    if (to.birthDate.empty())
        to.birthDate = from.birthDate;
    if (to.sex.empty())
        to.sex = from.sex;
}

Result<formats::ReadOutcome> readFound(const sources::FoundFile &found, const Progress &progress)
{
    AMANA_TRY(const QByteArray bytes, readFile(found.path));
    return formats::readSource(bytes, QFileInfo(found.path).fileName(), {}, progress);
}

/// Nobody decides here, so what waits for a decision is removed, and no sample is claimed to have been looked
/// at.
std::size_t decideSafely(deid::Plan &plan)
{
    std::size_t inDoubt = 0;
    for (records::Edit &edit : plan.edits) {
        inDoubt += edit.decision == records::Decision::Proposed;
        if (edit.decision == records::Decision::Proposed)
            edit.decision = records::Decision::Accepted;
    }
    plan.sample.clear();
    return inDoubt;
}

} // namespace

Status DeidRun::run(const QStringList &paths)
{
    AMANA_TRY(const sources::ScanOutcome scan, sources::scanPaths(paths, {}, m_out.progress("scan")));
    for (const sources::ScanProblem &problem : scan.problems)
        m_files.push_back({problem.path, {}, {}, {}, 0, 0, problem.error});
    const QFileInfo target(m_target.path);
    const bool single = scan.files.size() == 1 && paths.size() == 1 && !QFileInfo(paths.front()).isDir();
    m_toFolder = !single || target.isDir() || m_target.path.endsWith(u'/');
    if (m_toFolder)
        AMANA_CHECK(makeFolder(m_target.path));
    else
        AMANA_CHECK(m_target.check());
    AMANA_CHECK(readSubjects(scan));
    const Progress progress = m_out.progress("deidentify");
    for (std::size_t i = 0; i < scan.files.size(); ++i) {
        AMANA_CHECK(deidentifyFile(scan.files[i]));
        progress.report(i + 1, scan.files.size());
    }
    return {};
}

/// All files are read once before any is written: one file may tell the name that another one's note uses,
/// and only then is it known which records are of the same person.
Status DeidRun::readSubjects(const sources::ScanOutcome &scan)
{
    const Progress progress = m_out.progress("read");
    for (std::size_t i = 0; i < scan.files.size(); ++i) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        progress.report(i + 1, scan.files.size());
        const auto outcome = readFound(scan.files[i], Progress({}, nullptr));
        if (!outcome)
            continue; // told when its turn comes
        for (const records::Document &document : outcome->documents) {
            m_map.describe({}, document.subject.names, {}); // nobody gets the true name of another one
            if (document.subject.links.empty())
                continue;
            std::set<std::size_t> met;
            for (const std::string &link : document.subject.links)
                if (const auto it = m_groupOf.find(link); it != m_groupOf.end())
                    met.insert(it->second);
            std::size_t group = met.empty() ? m_groups.size() : *met.begin();
            if (met.empty())
                m_groups.emplace_back().key = "s" + std::to_string(group);
            merge(m_groups[group], document.subject);
            for (const std::size_t other : met)
                if (other != group)
                    merge(m_groups[group], m_groups[other]);
            for (const std::string &link : m_groups[group].links)
                m_groupOf[link] = group;
        }
    }
    return {};
}

records::Subject DeidRun::known(const records::Subject &subject, const QString &path) const
{
    for (const std::string &link : subject.links)
        if (const auto it = m_groupOf.find(link); it != m_groupOf.end())
            return m_groups[it->second];
    records::Subject own = subject;
    if (own.key.empty() && !path.isEmpty())
        own.key = "file:" + path.toStdString(); // a note that does not say whose it is: a person of its own
    return own;
}

Status DeidRun::deidentifyFile(const sources::FoundFile &found)
{
    auto outcome = readFound(found, m_out.progress("read"));
    if (!outcome) {
        if (outcome.error().code == ErrorCode::Cancelled)
            return fail(std::move(outcome).error());
        m_files.push_back({found.path, {}, {}, {}, 0, 0, withPath(outcome.error(), found.path)});
        return {};
    }
    const std::size_t count = outcome->documents.size();
    for (std::size_t i = 0; i < count; ++i) {
        records::Document &document = outcome->documents[i];
        document.id = "f" + std::to_string(m_files.size());
        document.subject = known(document.subject, count == 1 ? found.path : QString());
        const QString suffix = count == 1 ? QString() : QStringLiteral("-%1").arg(i + 1);
        auto file = deidentify(std::move(document), found, suffix);
        if (file) {
            m_files.push_back(std::move(*file));
            continue;
        }
        const ErrorCode code = file.error().code;
        if (code == ErrorCode::Cancelled || code == ErrorCode::FileExists || code == ErrorCode::FileDiskFull)
            return fail(std::move(file).error());
        m_files.push_back({found.path, {}, {}, {}, 0, 0, withPath(file.error(), found.path)});
    }
    for (const formats::Problem &problem : outcome->problems) {
        Error error = withPath(problem.error, found.path);
        error.params.emplace_back("place", problem.place);
        if (error.code == ErrorCode::FormatNoSubject)
            m_notices.push_back(error); // de-identified, as belonging to a person of its own
        else
            m_files.push_back({found.path, {}, {}, {}, 0, 0, error});
    }
    return {};
}

Result<DeidFile> DeidRun::deidentify(records::Document document, const sources::FoundFile &found,
                                     const QString &suffix)
{
    AMANA_TRY(deid::Plan plan, m_engine.plan(document, m_map, m_out.progress("deidentify")));
    DeidFile file{found.path, {}, document.format, {}, 0, decideSafely(plan), std::nullopt};
    AMANA_TRY(const std::vector<records::Edit> edits, deid::releasedEdits(plan));
    AMANA_TRY(const QByteArray bytes, formats::writeDocument(document, edits));
    AMANA_TRY(const records::Document readBack,
              formats::openDocument(bytes, document.format)); // what cannot be read back is not handed out
    file.edits = edits.size();
    file.subject = document.subject.key.empty() ? std::string() : m_map.pseudonym(document.subject.key);
    AMANA_TRY(file.output, outputFor(found, document, file.subject, suffix));
    deid::DocumentOutcome outcome{
        QFileInfo(file.output).fileName().toStdString(),      file.subject, document.format, std::move(plan),
        {}, true};
    outcome.residues = deid::scanDocument(bytesOf(bytes), document, m_engine.policy(), outcome.plan);
    if (!outcome.residues.empty())
        return fail(ErrorCode::DeidResidue, {{"count", std::to_string(outcome.residues.size())},
                                             {"kind", outcome.residues.front().kind},
                                             {"view", outcome.residues.front().view}});
    const auto valuesOf = [&](const QByteArray &of) {
        return formats::observationsOf(of, document.format, {}).value_or(std::vector<records::Observation>{});
    };
    AMANA_TRY(outcome.figures, deid::measure(document, readBack, outcome.plan, {valuesOf(document.bytes), valuesOf(bytes)}));
    if (!file.subject.empty())
        deid::risk::describe(m_people[file.subject], readBack);
    m_outcomes.push_back(std::move(outcome));
    const OutputFile target{file.output, m_target.replace};
    AMANA_CHECK(target.save([&](QIODevice &out) -> Status {
        return out.write(bytes) == bytes.size()
                   ? Status()
                   : Status(fail(ErrorCode::FileUnwritable, {{"path", file.output.toStdString()}}));
    }));
    return file;
}

/// A file name may name the patient: it is kept only when neither the record nor a detector knows anything in
/// it.
Result<QString> DeidRun::outputFor(const sources::FoundFile &found, const records::Document &document,
                                   const std::string &pseudonym, const QString &suffix)
{
    if (!m_toFolder && suffix.isEmpty())
        return m_target.path;
    const QFileInfo info(found.path);
    QString stem = info.completeBaseName();
    QString spaced = stem;
    for (QChar &c : spaced)
        c = c.isLetterOrNumber() ? c : QLatin1Char(' ');
    const std::u32string text = decodeUtf8(spaced.toStdString());
    AMANA_TRY(const auto found32, m_engine.detect({text}));
    bool names = !deid::scanReleased(bytesOf(stem.toUtf8()), document.subject).empty()
                 || !deid::scanReleased(bytesOf(spaced.toUtf8()), document.subject).empty();
    for (const deid::Detection &detection : found32.front())
        names = names || detection.score >= m_engine.policy().ruleFor(detection.type).doubt;
    if (names)
        stem = pseudonym.empty() ? QStringLiteral("record") : QString::fromStdString(pseudonym);
    const QString ending = info.suffix().isEmpty() || names
                               ? QString::fromUtf8(formats::fileSuffix(document.format).data())
                               : info.suffix();
    QString name = stem + (names ? QString() : suffix);
    const int used = m_names[name + QLatin1Char('.') + ending]++;
    if (used > 0)
        name += QStringLiteral("-%1").arg(used + 1);
    const QString folder = m_toFolder ? m_target.path : QFileInfo(m_target.path).absolutePath();
    return QDir(folder).filePath(name + QLatin1Char('.') + ending);
}

std::string DeidRun::report(const Clock &clock) const
{
    deid::ReportContext context;
    context.engine = m_engine.info();
    context.createdAt = clock.now().toString(Qt::ISODate).toStdString();
    context.dateShifted = m_engine.policy().maxShiftDays > 0;
    for (const auto &[pseudonym, person] : m_people)
        context.people.push_back(person);
    return deid::makeReportText(context, m_outcomes);
}

} // namespace amana::cli
