// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/job_kinds.h"

#include "app/workspace/seat.h"

#include <nlohmann/json.hpp>

namespace amana::app {

namespace {

QString textIn(const QByteArray &bytes, const char *key)
{
    const auto object = nlohmann::json::parse(bytes.toStdString(), nullptr, false);
    if (!object.is_object() || !object.contains(key) || !object[key].is_string())
        return {};
    return QString::fromStdString(object[key].get<std::string>());
}

} // namespace

Result<jobs::JobSpec> makeJob(Seat &seat, const std::string &kind, const QByteArray &params)
{
    if (kind == kImportJob)
        return importJob(seat, params);
    if (kind == kDraftJob)
        return draftJob(seat, params);
    if (kind == kPublishJob)
        return publishJob(seat, params);
    if (kind == kDownloadJob)
        return downloadJob(seat, params);
    if (kind == kKeepJob)
        return keepJob(seat, params);
    return fail(ErrorCode::JobNotResumable, {{"kind", kind}});
}

QString jobTitle(const QByteArray &params)
{
    return textIn(params, "title");
}

QString jobMade(const QByteArray &result)
{
    return textIn(result, "made");
}

} // namespace amana::app
