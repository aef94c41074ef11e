// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/model/net.h"

#include <charconv>
#include <numeric>
#include <sstream>

namespace amana::deid::model {
namespace {

tl::unexpected<Error> invalid(const std::string &reason)
{
    return fail(ErrorCode::DeidModelInvalid, {{"reason", reason}});
}

template <class T>
std::string joined(const std::vector<T> &items)
{
    std::ostringstream out;
    for (std::size_t i = 0; i < items.size(); ++i)
        out << (i ? "," : "") << items[i];
    return out.str();
}

std::vector<std::string> split(const std::string &text)
{
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, ',');)
        out.push_back(part);
    return out;
}

int number(const std::string &text, int most) // 0: not a number within 1…most
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && value >= 1 && value <= most ? value
                                                                                                   : 0;
}

/// x[:, t + by] with zeros from outside; by may be negative. x: [rows, length, width].
torch::Tensor shifted(const torch::Tensor &x, std::int64_t by)
{
    const auto length = x.size(1);
    const auto n = std::min<std::int64_t>(std::abs(by), length);
    const auto zeros = torch::zeros({x.size(0), n, x.size(2)}, x.options());
    return by > 0 ? torch::cat({x.slice(1, n, length), zeros}, 1)
                  : torch::cat({zeros, x.slice(1, 0, length - n)}, 1);
}

} // namespace

int NetConfig::reach() const { return std::accumulate(dilations.begin(), dilations.end(), 0); }

std::map<std::string, std::string> NetConfig::toMetadata() const
{
    std::ostringstream bias;
    bias << outsideBias;
    return {{"architecture", kArchitecture},
            {"buckets", std::to_string(buckets)},
            {"bagDim", std::to_string(bagDim)},
            {"charDim", std::to_string(charDim)},
            {"charFilters", std::to_string(charFilters)},
            {"shapeDim", std::to_string(shapeDim)},
            {"width", std::to_string(width)},
            {"dilations", joined(dilations)},
            {"types", joined(types)},
            {"outsideBias", bias.str()}};
}

Result<NetConfig> NetConfig::fromMetadata(const std::map<std::string, std::string> &metadata)
{
    const auto text = [&](const char *key) {
        const auto at = metadata.find(key);
        return at == metadata.end() ? std::string() : at->second;
    };
    if (text("architecture") != kArchitecture)
        return invalid("architecture");
    NetConfig c;
    c.buckets = number(text("buckets"), 1 << 20);
    c.bagDim = number(text("bagDim"), 1024);
    c.charDim = number(text("charDim"), 256);
    c.charFilters = number(text("charFilters"), 1024);
    c.shapeDim = number(text("shapeDim"), 256);
    c.width = number(text("width"), 4096);
    c.types = split(text("types"));
    c.dilations.clear();
    for (const auto &d : split(text("dilations")))
        c.dilations.push_back(number(d, 256));
    c.outsideBias = std::atof(text("outsideBias").c_str());
    const bool zero = c.buckets < 2 || !c.bagDim || !c.charDim || !c.charFilters || !c.shapeDim || !c.width
                      || std::find(c.dilations.begin(), c.dilations.end(), 0) != c.dilations.end();
    if (zero || c.types.empty() || c.types.size() > 40 || c.dilations.empty() || c.dilations.size() > 32)
        return invalid("configuration");
    return c;
}

Batch makeBatch(const std::vector<std::vector<Features>> &rows)
{
    Batch b;
    b.rows = static_cast<std::int64_t>(rows.size());
    for (const auto &row : rows)
        b.length = std::max(b.length, static_cast<std::int64_t>(row.size()));
    const auto count = b.rows * b.length;
    b.bag = torch::zeros({count, kBagSize}, torch::kInt32);
    b.chars = torch::zeros({count, kCharCount}, torch::kInt64);
    b.shape = torch::zeros({count}, torch::kInt64);
    b.mask = torch::zeros({b.rows, b.length, 1});
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto base = static_cast<std::int64_t>(r) * b.length;
        for (std::size_t t = 0; t < rows[r].size(); ++t) {
            const auto at = base + static_cast<std::int64_t>(t);
            const Features &f = rows[r][t];
            std::copy(f.bag.begin(), f.bag.end(), b.bag.data_ptr<std::int32_t>() + at * kBagSize);
            std::copy(f.chars.begin(), f.chars.end(), b.chars.data_ptr<std::int64_t>() + at * kCharCount);
            b.shape.data_ptr<std::int64_t>()[at] = f.shape;
            b.mask.data_ptr<float>()[at] = 1;
        }
    }
    return b;
}

Net::Net(NetConfig c) : config(std::move(c))
{
    namespace nn = torch::nn;
    bag = register_parameter("bag", torch::randn({config.buckets, config.bagDim}) * 0.1);
    chars = register_module("chars", nn::Embedding(kCharVocabulary, config.charDim));
    shapes = register_module("shapes", nn::Embedding(kShapeVocabulary, config.shapeDim));
    charConv = register_module("charConv", nn::Linear(3 * config.charDim, config.charFilters));
    input = register_module("input",
                            nn::Linear(config.bagDim + config.charFilters + config.shapeDim, config.width));
    for (std::size_t i = 0; i < config.dilations.size(); ++i) {
        const auto name = std::to_string(i);
        norms.push_back(register_module("norm" + name, nn::LayerNorm(nn::LayerNormOptions({config.width}))));
        mixes.push_back(register_module("mix" + name, nn::Linear(3 * config.width, config.width)));
    }
    finalNorm = register_module("finalNorm", nn::LayerNorm(nn::LayerNormOptions({config.width})));
    output =
        register_module("output", nn::Linear(config.width, 1 + 4 * static_cast<int>(config.types.size())));
    dropout = register_module("dropout", nn::Dropout(0.2));
}

torch::Tensor Net::forward(const Batch &b)
{
    const auto offsets = torch::arange(0, b.bag.size(0) * kBagSize, kBagSize, torch::kInt32);
    auto words =
        std::get<0>(at::embedding_bag(bag, b.bag.reshape({-1}), offsets, false, 0, false, {}, false, 0));
    auto letters = chars(b.chars); // [n, chars, charDim]
    letters = torch::cat({shifted(letters, -1), letters, shifted(letters, 1)}, 2);
    letters = torch::gelu(std::get<0>(charConv(letters).max(1))); // [n, filters]
    auto x = torch::cat({words, letters, shapes(b.shape)}, 1);
    x = input(dropout(x)).reshape({b.rows, b.length, config.width}) * b.mask;
    for (std::size_t i = 0; i < mixes.size(); ++i) {
        const auto y = norms[i](x) * b.mask;
        const auto d = config.dilations[i];
        x = x + dropout(torch::gelu(mixes[i](torch::cat({shifted(y, -d), y, shifted(y, d)}, 2)))) * b.mask;
    }
    return output(dropout(finalNorm(x)));
}

TensorFile Net::toFile() const
{
    TensorFile file;
    file.metadata = config.toMetadata();
    for (const auto &item : named_parameters()) {
        const auto flat = item.value().detach().contiguous().to(torch::kFloat32);
        TensorData data;
        data.shape = flat.sizes().vec();
        data.values.assign(flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel());
        file.tensors[item.key()] = std::move(data);
    }
    return file;
}

Status Net::load(const TensorFile &file)
{
    const torch::NoGradGuard guard;
    auto parameters = named_parameters();
    if (parameters.size() != file.tensors.size())
        return invalid("tensors");
    for (auto &item : parameters) {
        const auto at = file.tensors.find(item.key());
        if (at == file.tensors.end() || at->second.shape != item.value().sizes().vec())
            return invalid("tensor " + item.key());
        std::copy(at->second.values.begin(), at->second.values.end(), item.value().data_ptr<float>());
    }
    return {};
}

} // namespace amana::deid::model
