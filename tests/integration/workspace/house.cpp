// SPDX-License-Identifier: GPL-3.0-or-later
#include "house.h"

#include "core/base/files.h"
#include "core/chain/local_node.h"

#include <QFile>

using namespace amana;

namespace {

std::uint32_t roleBits(ports::ProfileRole role)
{
    switch (role) {
    case ports::ProfileRole::Clinician:
        return ports::RoleUploader;
    case ports::ProfileRole::Patient:
        return ports::RolePatient;
    case ports::ProfileRole::Researcher:
        return ports::RoleResearcher;
    case ports::ProfileRole::Administrator:
        return ports::RoleAdministrator;
    }
    return 0;
}

template <class T>
bool good(const Result<T> &result)
{
    if (!result)
        qWarning("%s", result.error().debugString().c_str());
    return result.has_value();
}

bool waitOnline(const ports::Ports &at)
{
    const bool online = QTest::qWaitFor(
        [&] { return at.session.current().network.state == ports::NetworkState::Online; }, kPatience);
    if (!online)
        if (const auto error = at.session.current().network.error)
            qWarning("%s", error->debugString().c_str());
    return online;
}

} // namespace

House::House()
{
    qunsetenv("AMANA_PASSPHRASE_FILE"); // of whoever runs the tests
    const bool written = writeFileAtomic(path(QStringLiteral("passphrase")), "a long passphrase of the house\n", true)
                             .has_value();
    if (!written)
        qFatal("no passphrase file");
}

House::~House()
{
    m_rooms.clear();
    [[maybe_unused]] const bool stopped = good(chain::LocalNode::stop(home()));
}

app::WorkspaceOptions House::options(const QString &profile) const
{
    return {home(), profile, QStringLiteral("local"), path(QStringLiteral("passphrase")), true};
}

bool House::moveIn(const QStringList &names, const std::vector<ports::ProfileRole> &roles)
{
    auto workspace = app::Workspace::open(options({}));
    if (!good(workspace))
        return false;
    const ports::Ports at = (*workspace)->ports();
    std::map<QString, QString> addresses;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const auto created = answer(at.session.createProfile({names[i], roles[std::size_t(i)], nullptr}));
        if (!good(created))
            return false;
        addresses[names[i]] = created->profile.address;
        if (i == 0 && !waitOnline(at)) // makes the chain, and is its administrator
            return false;
    }
    workspace->reset();
    if (!sitDown(names.front()))
        return false;
    for (qsizetype i = 1; i < names.size(); ++i)
        if (!good(answer(this->at(names.front()).members.enrol(
                {names[i], addresses[names[i]], 1, roleBits(roles[std::size_t(i)]), {}}))))
            return false;
    return true;
}

bool House::sitDown(const QString &name)
{
    auto workspace = app::Workspace::open(options(name));
    if (!good(workspace))
        return false;
    m_rooms[name] = std::move(*workspace);
    const ports::Ports at = this->at(name);
    return good(answer(at.session.openProfile(name, nullptr))) && waitOnline(at);
}

ports::JobRow finished(ports::JobsPort &jobs, const QString &id)
{
    ports::JobRow found;
    const auto isOver = [&] {
        for (const ports::JobRow &row : jobs.rows())
            if (row.id == id)
                found = row;
        return found.state == ports::JobState::Done || found.state == ports::JobState::Failed
            || found.state == ports::JobState::Cancelled;
    };
    if (!QTest::qWaitFor(isOver, kPatience))
        qWarning("job %s is not over", qPrintable(id));
    return found;
}

std::string told(const ports::JobRow &job)
{
    return job.error ? job.error->debugString() : std::string("no error");
}
