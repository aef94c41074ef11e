// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

#include <QDateTime>
#include <QtGlobal>

#include <cstdio>
#include <mutex>

namespace amana {

namespace {

LogLevel threshold()
{
    static const LogLevel level = [] {
        const QByteArray wanted = qgetenv("AMANA_LOG");
        if (wanted == "debug")
            return LogLevel::Debug;
        return wanted == "info" ? LogLevel::Info : LogLevel::Warning;
    }();
    return level;
}

const char *name(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return "debug";
    case LogLevel::Info:
        return "info";
    case LogLevel::Warning:
        return "warning";
    case LogLevel::Error:
        return "error";
    }
    return "error";
}

} // namespace

void log(LogLevel level, std::string_view event, const Error::Params &params)
{
    if (level < threshold())
        return;
    std::string line = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString();
    line += " ";
    line += name(level);
    line += " ";
    line += event;
    for (const auto &[key, value] : params)
        line += " " + key + "=" + value;
    line += "\n";
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    std::fputs(line.c_str(), stderr);
}

void log(LogLevel level, const Error &error)
{
    if (level >= threshold())
        log(level, error.debugString());
}

} // namespace amana
