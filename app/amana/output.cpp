// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/output.h"

#include "app/amana/interrupt.h"
#include "ui/text/text_catalogue.h"

#include <QElapsedTimer>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>

#include <unistd.h>

namespace amana::cli {

namespace {

using nlohmann::json;

void write(std::FILE *stream, const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stream);
    std::fputc('\n', stream);
    std::fflush(stream);
}

/// Characters of East Asian scripts take two cells of a terminal.
qsizetype cellsOf(const QString &text)
{
    qsizetype cells = 0;
    for (const QChar c : text)
        cells +=
            c.unicode() >= 0x1100 && (c.script() == QChar::Script_Hangul || c.script() == QChar::Script_Han)
                ? 2
                : 1;
    return cells;
}

/// The reason of a wrong command line is a code: here it becomes words.
Error inWords(const Error &error)
{
    Error worded = error;
    for (auto &[key, value] : worded.params)
        if (key == "reason" && error.code == ErrorCode::UsageInvalid)
            value = ui::TextCatalogue::current()
                        .term(QStringLiteral("usage"), QString::fromStdString(value))
                        .toStdString();
    return worded;
}

} // namespace

struct Output::Parts {
    bool asJson;
    bool terminal; // standard error is one
    nlohmann::json document;
    bool printed = false;
};

Output::Output(bool json) : m(new Parts{json, isatty(STDERR_FILENO) == 1, nullptr, false}) {}
Output::~Output() = default;

bool Output::isJson() const
{
    return m->asJson;
}

void Output::line(const QString &text) const
{
    if (!m->asJson)
        write(stdout, text);
}

void Output::table(const QStringList &titles, const std::vector<QStringList> &rows, const QString &none) const
{
    if (rows.empty())
        return line(none);
    std::vector<qsizetype> widths;
    for (qsizetype column = 0; column < titles.size(); ++column) {
        qsizetype width = cellsOf(titles[column]);
        for (const QStringList &row : rows)
            width = std::max(width, cellsOf(row.value(column)));
        widths.push_back(width);
    }
    const auto print = [&](const QStringList &row) {
        QString text;
        for (qsizetype column = 0; column < titles.size(); ++column) {
            const QString cell = row.value(column);
            text += cell;
            if (column + 1 < titles.size())
                text +=
                    QString(widths[static_cast<std::size_t>(column)] - cellsOf(cell) + 2, QLatin1Char(' '));
        }
        line(text);
    };
    print(titles);
    for (const QStringList &row : rows)
        print(row);
}

void Output::json(const nlohmann::json &document) const
{
    if (m->document.is_object() && document.is_object())
        m->document.update(document);
    else
        m->document = document;
}

void Output::note(const QString &text) const
{
    if (!m->asJson)
        write(stderr, text);
}

Progress Output::progress(const std::string &stage) const
{
    if (m->asJson || !m->terminal)
        return Progress({}, &interrupted());
    const QString words =
        ui::TextCatalogue::current().term(QStringLiteral("stage"), QString::fromStdString(stage));
    const auto timer = std::make_shared<QElapsedTimer>(); // shared by the copies of one Progress
    return Progress(
        [words, timer](std::uint64_t done, std::uint64_t total) {
            if (timer->isValid() && timer->elapsed() < 100 && done != total)
                return;
            timer->start();
            const QString text =
                total > 0 ? QStringLiteral("%1 %2 %").arg(words).arg(done * 100 / total) : words;
            std::fprintf(stderr, "\r\033[K%s%s", text.toUtf8().constData(),
                         done == total && total > 0 ? "\n" : "");
        },
        &interrupted());
}

json errorToJson(const Error &error)
{
    const ui::ErrorText text = ui::TextCatalogue::current().error(inWords(error));
    json params = json::object();
    for (const auto &[key, value] : error.params)
        params[key] = value;
    json object{{"code", std::string(errorId(error.code))},
                {"title", text.title.toStdString()},
                {"meaning", text.meaning.toStdString()},
                {"next", text.next.toStdString()},
                {"params", params}};
    if (error.cause)
        object["cause"] = errorToJson(*error.cause);
    return object;
}

QString errorLine(const Error &error)
{
    const ui::ErrorText text = ui::TextCatalogue::current().error(inWords(error));
    return QStringLiteral("%1. %2 [%3]")
        .arg(text.title, text.meaning, QString::fromUtf8(errorId(error.code).data()));
}

Error withPath(Error error, const QString &path)
{
    if (error.param("path").empty())
        error.params.emplace_back("path", path.toStdString());
    return error;
}

int Output::refuse(const Error &error) const
{
    if (m->asJson) {
        if (!m->document.is_object() && !m->document.is_null())
            m->document = {{"result", m->document}};
        m->document["error"] = errorToJson(error);
    } else {
        const ui::ErrorText text = ui::TextCatalogue::current().error(inWords(error));
        write(stderr,
              QStringLiteral("amana: %1\n%2\n%3\n[%4]")
                  .arg(text.title, text.meaning, text.next, QString::fromStdString(error.debugString())));
    }
    return error.code == ErrorCode::UsageInvalid ? kUsage : kRefused;
}

void Output::finish() const
{
    if (!m->asJson || m->printed)
        return;
    m->printed = true;
    const nlohmann::json &document = m->document.is_null() ? nlohmann::json::object() : m->document;
    // What is not valid UTF-8 (a file name may be) is replaced, never a reason to print nothing.
    write(stdout,
          QString::fromStdString(document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace)));
}

} // namespace amana::cli
