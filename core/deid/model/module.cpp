// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/model/module_port.h"

#include "core/deid/model/labels.h"
#include "core/deid/model/net.h"
#include "core/deid/model/safetensors.h"
#include "core/deid/model/tokens.h"

#include <algorithm>
#include <exception>
#include <mutex>

namespace amana::deid::model {
namespace {

constexpr std::size_t kChunk =
    480; ///< tokens answered at a time; the reach of the net is read on both sides of them
constexpr std::size_t kRows = 8; ///< chunks run at once

/// A stretch of one text's tokens, with the context it needs.
struct Chunk {
    std::size_t text = 0;
    std::size_t from = 0; ///< first token answered
    std::size_t to = 0;
    std::size_t begin = 0; ///< first token read
    std::size_t end = 0;
};

class Tagger final : public Detector {
public:
    explicit Tagger(NetConfig config) : m_labels(config.types), m_net(std::move(config)) { m_net.eval(); }

    Status load(const TensorFile &file) { return m_net.load(file); }

    Result<std::vector<Detections>> detect(const std::vector<std::u32string_view> &texts) const override
    {
        const std::lock_guard lock(m_mutex);
        const torch::InferenceMode guard;
        try {
            return run(texts);
        } catch (const std::exception
                     &) { // libtorch reports by exceptions; their text may hold sizes of patient text
            return fail(ErrorCode::DeidModelInvalid, {{"reason", "inference"}});
        }
    }

private:
    std::vector<Detections> run(const std::vector<std::u32string_view> &texts) const
    {
        std::vector<std::vector<Token>> tokens;
        std::vector<std::vector<float>> rows;
        std::vector<Chunk> chunks;
        const auto reach = static_cast<std::size_t>(m_net.config.reach());
        const auto classes = static_cast<std::size_t>(m_labels.classes());
        for (std::size_t t = 0; t < texts.size(); ++t) {
            tokens.push_back(tokenize(texts[t]));
            const std::size_t count = tokens.back().size();
            rows.emplace_back(count * classes);
            for (std::size_t at = 0; at < count; at += kChunk) {
                const std::size_t to = std::min(at + kChunk, count);
                chunks.push_back({t, at, to, at > reach ? at - reach : 0, std::min(to + reach, count)});
            }
        }
        // Chunks of like length go together; the answer of a chunk does not depend on its neighbours in the
        // batch.
        std::stable_sort(chunks.begin(), chunks.end(),
                         [](const Chunk &a, const Chunk &b) { return a.end - a.begin > b.end - b.begin; });
        for (std::size_t i = 0; i < chunks.size(); i += kRows)
            answer({chunks.begin() + static_cast<std::ptrdiff_t>(i),
                    chunks.begin() + static_cast<std::ptrdiff_t>(std::min(i + kRows, chunks.size()))},
                   texts, tokens, rows);
        std::vector<Detections> out;
        for (std::size_t t = 0; t < texts.size(); ++t)
            out.push_back(spansOf(tokens[t], rows[t]));
        return out;
    }

    void answer(const std::vector<Chunk> &chunks, const std::vector<std::u32string_view> &texts,
                const std::vector<std::vector<Token>> &tokens, std::vector<std::vector<float>> &rows) const
    {
        std::vector<std::vector<Features>> features;
        for (const Chunk &c : chunks) {
            auto &row = features.emplace_back();
            for (std::size_t i = c.begin; i < c.end; ++i)
                row.push_back(featuresOf(texts[c.text], tokens[c.text][i], m_net.config.buckets));
        }
        const auto scores = torch::log_softmax(m_net.forward(makeBatch(features)), 2).contiguous();
        const auto classes = static_cast<std::size_t>(scores.size(2)),
                   length = static_cast<std::size_t>(scores.size(1));
        const float *data = scores.data_ptr<float>();
        for (std::size_t k = 0; k < chunks.size(); ++k) {
            const Chunk &c = chunks[k];
            const float *from = data + (k * length + c.from - c.begin) * classes;
            std::copy(from, from + (c.to - c.from) * classes,
                      rows[c.text].begin() + static_cast<std::ptrdiff_t>(c.from * classes));
        }
    }

    Detections spansOf(const std::vector<Token> &tokens, const std::vector<float> &rows) const
    {
        Detections out;
        for (const TaggedSpan &s : decodeBest(rows.data(), tokens.size(), m_labels, m_net.config.outsideBias))
            out.push_back({{tokens[s.first].begin, tokens[s.last].end},
                           m_labels.types()[static_cast<std::size_t>(s.type)],
                           std::clamp(s.score, 0.0, 0.999),
                           "model"});
        return out;
    }

    LabelSet m_labels;
    mutable Net m_net; ///< torch modules have no const forward
    mutable std::mutex m_mutex;
};

void create(const QByteArray &bytes, Result<std::unique_ptr<Detector>> &out)
{
    const auto file = readTensors(bytes);
    if (!file) {
        out = fail(file.error());
        return;
    }
    auto config = NetConfig::fromMetadata(file->metadata);
    if (!config) {
        out = fail(config.error());
        return;
    }
    auto tagger = std::make_unique<Tagger>(*std::move(config));
    if (const auto loaded = tagger->load(*file); !loaded)
        out = fail(loaded.error());
    else
        out = std::unique_ptr<Detector>(std::move(tagger));
}

} // namespace
} // namespace amana::deid::model

extern "C" __attribute__((visibility("default"))) int amanaTorchInterface()
{
    return amana::deid::model::kModuleInterface;
}

extern "C" __attribute__((visibility("default"))) void
amanaTorchCreateTagger(const QByteArray &model, amana::Result<std::unique_ptr<amana::deid::Detector>> &out)
{
    try {
        at::set_num_threads(1); // the program runs one tagger on one thread; sums keep their order
        amana::deid::model::create(model, out);
    } catch (const std::exception &) {
        out = amana::fail(amana::ErrorCode::DeidModelInvalid, {{"reason", "module"}});
    }
}
