// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/deid/detector.h"

#include <QByteArray>

#include <memory>

namespace amana::deid::model {

/// The border between the program and the module libamana-torch.so. Both are built from one source tree; the
/// number guards against a module of another build.
inline constexpr int kModuleInterface = 1;
inline constexpr const char *kInterfaceSymbol = "amanaTorchInterface";
inline constexpr const char *kCreateSymbol = "amanaTorchCreateTagger";

using InterfaceFunction = int (*)();
/// Reads a model file's bytes: DeidModelInvalid (reason). No exception leaves the module.
using CreateFunction = void (*)(const QByteArray &model, Result<std::unique_ptr<Detector>> &out);

} // namespace amana::deid::model
