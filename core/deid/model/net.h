// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/deid/model/labels.h"
#include "core/deid/model/safetensors.h"
#include "core/deid/model/tokens.h"

#include <torch/torch.h>

#include <vector>

namespace amana::deid::model {

inline constexpr const char *kArchitecture = "amana-dilated-tagger-1";

struct NetConfig {
    std::int32_t buckets = 40960;
    int bagDim = 64;
    int charDim = 16;
    int charFilters = 48;
    int shapeDim = 16;
    int width = 128;
    std::vector<int> dilations{1, 2, 4, 8, 16, 1};
    std::vector<std::string> types;
    double outsideBias = 0;

    /// Tokens on either side that an answer depends on.
    [[nodiscard]] int reach() const;
    [[nodiscard]] std::map<std::string, std::string> toMetadata() const;
    [[nodiscard]] static Result<NetConfig> fromMetadata(const std::map<std::string, std::string> &metadata);
};

/// A batch of token rows, all of one length; rows shorter than that are padded with empty features.
struct Batch {
    torch::Tensor bag;   ///< int32 [rows·length, kBagSize]
    torch::Tensor chars; ///< int64 [rows·length, kCharCount]
    torch::Tensor shape; ///< int64 [rows·length]
    torch::Tensor mask;  ///< float [rows, length, 1]: 1 where there is a token
    std::int64_t rows = 0;
    std::int64_t length = 0;
};
[[nodiscard]] Batch makeBatch(const std::vector<std::vector<Features>> &rows);

/// Hashed subword embeddings + character convolution → dilated convolutions → class scores.
struct Net : torch::nn::Module {
    explicit Net(NetConfig c);
    /// [rows, length, classes], not normalised.
    torch::Tensor forward(const Batch &batch);

    [[nodiscard]] TensorFile toFile() const;
    /// DeidModelInvalid (reason) when a tensor is missing, unknown or of another shape.
    [[nodiscard]] Status load(const TensorFile &file);

    NetConfig config;
    torch::Tensor bag;
    torch::nn::Embedding chars{nullptr}, shapes{nullptr};
    torch::nn::Linear charConv{nullptr}, input{nullptr}, output{nullptr};
    torch::nn::LayerNorm finalNorm{nullptr};
    std::vector<torch::nn::Linear> mixes;
    std::vector<torch::nn::LayerNorm> norms;
    torch::nn::Dropout dropout{nullptr};
};

} // namespace amana::deid::model
