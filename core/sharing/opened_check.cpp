// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/opened_check.h"

#include "core/base/files.h"
#include "core/deid/report_figures.h"
#include "core/formats/format.h"

#include <QFileInfo>

namespace amana::sharing {

Result<std::optional<ScannedAgain>> scanOpenedAgain(const QString &folder, std::string_view report, const Progress &progress)
{
    AMANA_TRY(const auto told, deid::readScan(report));
    if (!told)
        return std::optional<ScannedAgain>();
    AMANA_CHECK(deid::checkRules(*told));
    ScannedAgain out;
    out.ruleSet = told->ruleSet;
    for (std::size_t i = 0; i < told->documents.size(); ++i) {
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
        progress.report(i, told->documents.size());
        const deid::ReportedDocument &document = told->documents[i];
        const QString name = QString::fromStdString(document.name);
        if (QFileInfo(name).fileName() != name) // somebody else wrote it: one plain component
            return fail(ErrorCode::DeidReportInvalid, {{"place", "documents.name"}});
        const QString path = folder + QLatin1Char('/') + name;
        if (!QFileInfo::exists(path)) {
            ++out.absent;
            continue;
        }
        AMANA_TRY(const QByteArray bytes, readFile(path));
        AMANA_CHECK(deid::checkDigest(document, bytesOf(bytes)));
        AMANA_TRY(const records::Document opened, formats::openDocument(bytes, document.format));
        AMANA_TRY(const std::size_t finds, deid::checkScan(document, opened));
        out.finds += finds;
        ++out.documents;
    }
    return std::optional(std::move(out));
}

} // namespace amana::sharing
