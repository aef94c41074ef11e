// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/table_file.h"

#include <QFile>
#include <QString>

#include <nlohmann/json.hpp>

namespace amana::formats {

nlohmann::json tableFile(const std::string &name)
{
    QFile file(QStringLiteral(":/amana/formats/") + QString::fromStdString(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("formats table missing from the program: %s", name.c_str());
    const QByteArray bytes = file.readAll();
    auto table = nlohmann::json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (table.is_discarded())
        qFatal("formats table unreadable: %s", name.c_str());
    return table;
}

} // namespace amana::formats
