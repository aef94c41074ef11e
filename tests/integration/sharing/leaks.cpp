// SPDX-License-Identifier: GPL-3.0-or-later
#include "leaks.h"

#include <QFile>

#include <nlohmann/json.hpp>

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<std::string> planted()
{
    std::vector<std::string> all;
    const auto walk = [&all](const auto &self, const nlohmann::json &node) -> void {
        if (node.is_string())
            all.push_back(node.get<std::string>());
        for (const auto &child : node)
            if (child.is_structured() || (node.is_array() && child.is_string()))
                self(self, child);
    };
    const auto root = nlohmann::json::parse(contents(kSample + QStringLiteral("/planted.json")).toStdString());
    walk(walk, root.contains("files") ? root["files"] : root);
    return all;
}

QStringList foundIn(const QByteArray &bytes, const std::vector<std::string> &needles)
{
    QList<QByteArray> views{bytes};
    QByteArray run;
    for (qsizetype i = 0; i <= bytes.size(); ++i) {
        const char c = i < bytes.size() ? bytes[i] : '\0';
        if (isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '/' || c == '=') {
            run.append(c);
            continue;
        }
        if (run.size() >= 16)
            views << QByteArray::fromBase64(run);
        run.clear();
    }
    QStringList found;
    for (const std::string &needle : needles) {
        const QString text = QString::fromStdString(needle);
        QByteArray little;
        QByteArray big;
        for (const QChar c : text) {
            const char low = static_cast<char>(c.unicode() & 0xFF);
            const char high = static_cast<char>(c.unicode() >> 8);
            little.append(low).append(high);
            big.append(high).append(low);
        }
        for (const QByteArray &view : views)
            if (view.contains(QByteArray::fromStdString(needle)) || view.contains(little) || view.contains(big))
                found << text;
    }
    return found;
}
