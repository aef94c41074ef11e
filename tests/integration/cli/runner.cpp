// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner.h"

#include <QDate>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcessEnvironment>

std::string Ran::errorCode() const
{
    if (!json.is_object() || !json.contains("error"))
        return {};
    return json["error"].value("code", "");
}

const char *Ran::why() const
{
    whole = "exit " + QByteArray::number(code) + "\n" + out.left(4000) + "\n" + err.left(4000);
    return whole.constData();
}

Runner::Runner()
{
    QDir().mkpath(home());
    QDir().mkpath(path(QStringLiteral("tmp")));
    const QString passphrase = write(QStringLiteral("passphrase"), "a passphrase for tests only\n");
    QFile::setPermissions(passphrase, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

Runner::~Runner()
{
    static_cast<void>(run({QStringLiteral("network"), QStringLiteral("stop")}));
}

QString Runner::write(const QString &name, const QByteArray &content) const
{
    const QString file = path(name);
    QDir().mkpath(QFileInfo(file).absolutePath());
    QFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(file));
    return file;
}

QString Runner::program()
{
    return QStringLiteral(AMANA_BIN_DIR "/amana");
}

void Runner::start(QProcess &process, const QStringList &arguments) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("AMANA_PASSPHRASE_FILE"), path(QStringLiteral("passphrase")));
    environment.insert(QStringLiteral("TMPDIR"), path(QStringLiteral("tmp")));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_folder.path());
    process.start(program(), QStringList{QStringLiteral("--home"), home()} + arguments);
}

Ran Runner::run(const QStringList &arguments, const QByteArray &input) const
{
    QProcess process;
    start(process, arguments);
    process.write(input);
    process.closeWriteChannel();
    Ran ran;
    if (!process.waitForFinished(300'000)) {
        process.kill();
        process.waitForFinished();
    }
    ran.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    ran.out = process.readAllStandardOutput();
    ran.err = process.readAllStandardError();
    ran.json = nlohmann::json::parse(ran.out.begin(), ran.out.end(), nullptr, false);
    if (ran.json.is_discarded())
        ran.json = nullptr;
    return ran;
}

Ran Runner::json(const QStringList &arguments, const QString &profile) const
{
    QStringList all = QStringList{QStringLiteral("--json")} + arguments;
    if (!profile.isEmpty())
        all += {QStringLiteral("--profile"), profile};
    return run(all);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool below(const QString &folder, const QByteArray &text)
{
    QDirIterator it(folder, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        if (contentOf(it.next()).contains(text))
            return true;
    return false;
}

QString later(int days)
{
    return QDate::currentDate().addDays(days).toString(Qt::ISODate);
}
