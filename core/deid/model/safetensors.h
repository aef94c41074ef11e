// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace amana::deid::model {

/// A tensor of a safetensors file: F16 on disk, 32-bit in memory.
struct TensorData {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

/// A safetensors file (github.com/huggingface/safetensors: 8-byte little-endian header length, JSON header,
/// raw data).
struct TensorFile {
    std::map<std::string, std::string> metadata;
    std::map<std::string, TensorData> tensors;
};

/// Writes every tensor as F16. Equal input gives equal bytes.
[[nodiscard]] QByteArray writeTensors(const TensorFile &file);

/// Reads F16 and F32 tensors. DeidModelInvalid (reason) for anything malformed: bad header, overlapping or
/// out-of-range offsets, sizes that do not fit the shape, other element types, NaN or infinity.
[[nodiscard]] Result<TensorFile> readTensors(const QByteArray &bytes);

} // namespace amana::deid::model
