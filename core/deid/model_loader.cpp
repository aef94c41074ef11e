// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/model_loader.h"

#include "core/base/bytes.h"
#include "core/base/files.h"
#include "core/deid/model/module_port.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QLibrary>
#include <QStringList>

namespace amana::deid {
namespace {

constexpr qint64 kMaxModel = qint64(64) << 20;

QString findModule(const QString &given)
{
    if (!given.isEmpty())
        return given;
    const QString base = QCoreApplication::applicationDirPath();
    for (const char *folder : {"/../lib", "/../lib/amana", ""}) {
        const QString path = base + QLatin1String(folder) + QStringLiteral("/libamana-torch.so");
        if (QFileInfo::exists(path))
            return path;
    }
    return QStringLiteral("libamana-torch.so");
}

tl::unexpected<Error> missing(const QString &path)
{
    return fail(ErrorCode::DeidModelMissing, {{"path", path.toStdString()}});
}

} // namespace

Result<LoadedModel> loadModel(const QString &modelPath, const QString &modulePath)
{
    const auto bytes = readFile(modelPath, kMaxModel);
    if (!bytes)
        return fail(
            Error(ErrorCode::DeidModelMissing, {{"path", modelPath.toStdString()}}).because(bytes.error()));
    const QString path = findModule(modulePath);
    QLibrary library(path);
    if (!library.load())
        return missing(path);
    // The symbols are C functions; QLibrary can only hand them out as a generic function pointer.
    const auto interface =
        reinterpret_cast<model::InterfaceFunction>(library.resolve(model::kInterfaceSymbol));
    const auto create = reinterpret_cast<model::CreateFunction>(library.resolve(model::kCreateSymbol));
    if (interface == nullptr || create == nullptr || interface() != model::kModuleInterface)
        return missing(path);
    Result<std::unique_ptr<Detector>> made = std::unique_ptr<Detector>();
    create(*bytes, made);
    AMANA_TRY(auto detector, std::move(made));
    const QByteArray digest = QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256);
    return LoadedModel{std::move(detector), toHex(bytesOf(digest))};
}

} // namespace amana::deid
