// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/deid/detector.h"

#include <QString>

#include <memory>
#include <string>

namespace amana::deid {

struct LoadedModel {
    std::unique_ptr<Detector> detector;
    std::string hash; ///< sha2-256 of the file, hex
};

/// Loads libamana-torch.so at first use (it stays loaded) and the model into it. `modulePath` empty: looked
/// for beside the program
/// (../lib, ../lib/amana, the program's own folder). DeidModelMissing (path) when the model file or the
/// module is absent or does not load, DeidModelInvalid (reason).
[[nodiscard]] Result<LoadedModel> loadModel(const QString &modelPath, const QString &modulePath);

} // namespace amana::deid
