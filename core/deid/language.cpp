// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/language.h"

#include "core/base/utf8.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <map>

namespace amana::deid {
namespace {

constexpr std::size_t kPiece = 1 << 20; // code points: CLD2 counts bytes in int

std::string nameOf(CLD2::Language language)
{
    return language == CLD2::UNKNOWN_LANGUAGE ? std::string() : CLD2::LanguageCode(language);
}

CLD2::ResultChunkVector chunksOf(const std::string &utf8)
{
    CLD2::Language languages[3];
    int percents[3], bytes = 0, valid = 0;
    double scores[3];
    bool reliable = false;
    CLD2::ResultChunkVector chunks;
    CLD2::ExtDetectLanguageSummaryCheckUTF8(utf8.data(), static_cast<int>(utf8.size()), true, nullptr, 0, languages,
                                            percents, scores, &chunks, &bytes, &reliable, &valid);
    return chunks;
}

void add(std::vector<Passage> &out, std::size_t end, std::string language)
{
    const std::size_t begin = out.empty() ? 0 : out.back().span.end;
    if (end <= begin)
        return;
    if (!out.empty() && out.back().language == language)
        out.back().span.end = end;
    else
        out.push_back({{begin, end}, std::move(language)});
}

/// `utf8` begins where `out` ends.
void addPassages(const std::string &utf8, std::vector<Passage> &out)
{
    std::size_t bytes = 0, points = out.empty() ? 0 : out.back().span.end;
    const auto forward = [&](std::size_t to) {
        for (to = std::min(to, utf8.size()); bytes < to; ++bytes)
            points += (static_cast<unsigned char>(utf8[bytes]) & 0xC0) != 0x80;
        return points;
    };
    for (const CLD2::ResultChunk &chunk : chunksOf(utf8)) {
        const auto begin = static_cast<std::size_t>(std::max(chunk.offset, 0));
        add(out, forward(begin), {});
        add(out, forward(begin + static_cast<std::size_t>(std::max(chunk.bytes, 0))),
            nameOf(static_cast<CLD2::Language>(chunk.lang1)));
    }
    add(out, forward(utf8.size()), {});
}

std::map<std::string, std::size_t> sizesOf(const std::vector<Passage> &passages)
{
    std::map<std::string, std::size_t> sizes;
    for (const Passage &passage : passages)
        if (!passage.language.empty())
            sizes[passage.language] += passage.span.length();
    return sizes;
}

std::string largest(const std::map<std::string, std::size_t> &sizes)
{
    const auto most = std::max_element(sizes.begin(), sizes.end(),
                                       [](const auto &a, const auto &b) { return a.second < b.second; });
    return most == sizes.end() ? std::string() : most->first;
}

} // namespace

std::vector<Passage> passagesOf(std::u32string_view text)
{
    std::vector<Passage> out;
    for (std::size_t at = 0; at < text.size(); at += kPiece)
        addPassages(encodeUtf8(text.substr(at, kPiece)), out);
    return out;
}

std::string languageAt(const std::vector<Passage> &passages, std::size_t at)
{
    for (const Passage &passage : passages)
        if (passage.span.begin <= at && at < passage.span.end && !passage.language.empty())
            return passage.language;
    return largest(sizesOf(passages));
}

std::string mainLanguage(const std::vector<std::u32string_view> &texts)
{
    std::map<std::string, std::size_t> sizes;
    for (const auto text : texts)
        for (const auto &[language, size] : sizesOf(passagesOf(text)))
            sizes[language] += size;
    return largest(sizes);
}

} // namespace amana::deid
