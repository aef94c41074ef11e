// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/model/safetensors.h"

#include <QFloat16>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cmath>

namespace amana::deid::model {
namespace {

using nlohmann::json;

constexpr std::uint64_t kMaxHeader = 1U << 20;
constexpr std::int64_t kMaxElements = std::int64_t(1) << 28;

tl::unexpected<Error> invalid(const char *reason)
{
    return fail(ErrorCode::DeidModelInvalid, {{"reason", reason}});
}

std::uint16_t toHalf(float value) { return std::bit_cast<std::uint16_t>(qfloat16(value)); }

float fromHalf(std::uint16_t bits) { return static_cast<float>(std::bit_cast<qfloat16>(bits)); }

std::uint64_t littleEndian(const char *at, int bytes)
{
    std::uint64_t value = 0;
    for (int i = bytes; i-- > 0;)
        value = value << 8 | static_cast<std::uint8_t>(at[i]);
    return value;
}

Result<TensorData> readTensor(const json &entry, const char *data, std::uint64_t size,
                              std::uint64_t &expected)
{
    const std::string type = entry.at("dtype").get<std::string>();
    const unsigned width = type == "F16" ? 2 : type == "F32" ? 4 : 0;
    if (width == 0)
        return invalid("element type");
    TensorData out;
    std::int64_t elements = 1;
    for (const auto &dimension : entry.at("shape")) {
        const auto n = dimension.get<std::int64_t>();
        if (n < 1 || n > kMaxElements || (elements *= n) > kMaxElements)
            return invalid("shape");
        out.shape.push_back(n);
    }
    const auto offsets = entry.at("data_offsets").get<std::vector<std::uint64_t>>();
    const auto length = static_cast<std::uint64_t>(elements) * width;
    if (offsets.size() != 2 || offsets[0] != expected || offsets[1] < offsets[0] || offsets[1] > size
        || offsets[1] - offsets[0] != length)
        return invalid("offsets");
    expected = offsets[1];
    out.values.reserve(static_cast<std::size_t>(elements));
    for (std::uint64_t at = offsets[0]; at < offsets[1]; at += width) {
        const std::uint64_t bits = littleEndian(data + at, static_cast<int>(width));
        const float value = width == 2 ? fromHalf(static_cast<std::uint16_t>(bits))
                                       : std::bit_cast<float>(static_cast<std::uint32_t>(bits));
        if (!std::isfinite(value))
            return invalid("not a number");
        out.values.push_back(value);
    }
    return out;
}

/// Tensors in the order of their data: the format demands that they cover it without a hole.
std::vector<std::pair<std::uint64_t, std::string>> byOffset(const json &header)
{
    std::vector<std::pair<std::uint64_t, std::string>> order;
    for (const auto &[name, entry] : header.items())
        if (name != "__metadata__")
            order.emplace_back(entry.at("data_offsets").at(0).get<std::uint64_t>(), name);
    std::sort(order.begin(), order.end());
    return order;
}

Result<TensorFile> readChecked(const QByteArray &bytes)
{
    if (bytes.size() < 8)
        return invalid("too short");
    const std::uint64_t headerSize = littleEndian(bytes.constData(), 8);
    const auto total = static_cast<std::uint64_t>(bytes.size());
    if (headerSize > kMaxHeader || headerSize > total - 8)
        return invalid("header length");
    const char *begin = bytes.constData() + 8;
    const json header = json::parse(begin, begin + headerSize);
    TensorFile out;
    if (header.contains("__metadata__"))
        out.metadata = header.at("__metadata__").get<std::map<std::string, std::string>>();
    const std::uint64_t size = total - 8 - headerSize;
    std::uint64_t expected = 0;
    for (const auto &[offset, name] : byOffset(header)) {
        AMANA_TRY(out.tensors[name], readTensor(header.at(name), begin + headerSize, size, expected));
    }
    if (expected != size)
        return invalid("data left over");
    return out;
}

} // namespace

QByteArray writeTensors(const TensorFile &file)
{
    json header;
    header["__metadata__"] = file.metadata;
    QByteArray data;
    for (const auto &[name, tensor] : file.tensors) {
        const auto begin = static_cast<std::uint64_t>(data.size());
        for (const float value : tensor.values) {
            const std::uint16_t bits = toHalf(value);
            data.append(static_cast<char>(bits & 0xFF));
            data.append(static_cast<char>(bits >> 8));
        }
        header[name] = {{"dtype", "F16"},
                        {"shape", tensor.shape},
                        {"data_offsets", {begin, static_cast<std::uint64_t>(data.size())}}};
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' '); // data starts aligned
    QByteArray out;
    for (int i = 0; i < 8; ++i)
        out.append(static_cast<char>(static_cast<std::uint64_t>(text.size()) >> (8 * i) & 0xFF));
    return out + QByteArray::fromStdString(text) + data;
}

Result<TensorFile> readTensors(const QByteArray &bytes)
{
    try {
        return readChecked(bytes);
    } catch (const json::exception &) {
        return invalid("header");
    }
}

} // namespace amana::deid::model
