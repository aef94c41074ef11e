// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/residual.h"

#include "core/base/utf8.h"
#include "core/deid/folding.h"
#include "core/deid/known_values.h"

#include <QByteArray>

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

namespace amana::deid {
namespace {

constexpr std::size_t kLeastRun =
    16; ///< base64 runs shorter than 12 bytes of content hold no name worth a look
constexpr int kNesting = 2;

class Scanner {
public:
    Scanner(const records::Subject &subject, const std::vector<std::string> &allowed) : m_known(subject)
    {
        for (const auto &text : allowed)
            m_allowed.insert(folded(decodeUtf8(text)));
    }

    /// `offset`: where the bytes stand in the released ones; `within` marks a decoded view, whose own offsets
    /// say nothing.
    void scan(std::string_view bytes, const char *view, std::size_t offset, bool within, int depth)
    {
        text(decodeUtf8(bytes), view, offset, within, bytes);
        if (depth < kNesting)
            base64(bytes, offset, within, depth);
        utf16(bytes, offset);
    }

    std::vector<Residue> take()
    {
        std::sort(m_found.begin(), m_found.end(), [](const Residue &a, const Residue &b) {
            return std::tie(a.offset, a.view, a.kind) < std::tie(b.offset, b.view, b.kind);
        });
        m_found.erase(std::unique(m_found.begin(), m_found.end()), m_found.end());
        return std::move(m_found);
    }

private:
    void text(const std::u32string &decoded, const char *view, std::size_t offset, bool within,
              std::string_view bytes)
    {
        for (const Detection &d : m_known.find(decoded)) {
            const auto value = std::u32string_view(decoded).substr(d.span.begin, d.span.length());
            if (d.score < kKnownCounts || allowed(folded(value)))
                continue;
            const std::size_t at = within ? offset : offset + byteOffset(bytes, d.span.begin);
            m_found.push_back({view, at, d.by.substr(std::string_view("known.").size())});
        }
    }

    bool allowed(const std::u32string &value) const
    {
        return std::any_of(m_allowed.begin(), m_allowed.end(),
                           [&](const auto &text) { return text.find(value) != std::u32string::npos; });
    }

    void base64(std::string_view bytes, std::size_t offset, bool within, int depth)
    {
        const auto inRun = [](char c) {
            return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+'
                   || c == '/' || c == '-' || c == '_';
        };
        for (std::size_t i = 0; i < bytes.size();) {
            std::size_t end = i;
            while (end < bytes.size() && inRun(bytes[end]))
                ++end;
            if (end - i >= kLeastRun) {
                const auto run = QByteArray(bytes.data() + i, static_cast<qsizetype>(end - i));
                const bool url = run.contains('-') || run.contains('_');
                const auto content = QByteArray::fromBase64(run, url ? QByteArray::Base64UrlEncoding
                                                                     : QByteArray::Base64Encoding);
                scan({content.constData(), static_cast<std::size_t>(content.size())}, "base64",
                     within ? offset : offset + i, true, depth + 1);
            }
            i = end + 1;
        }
    }

    /// Text of two bytes a sign shows by a byte order mark, or by zero bytes (Latin letters, blanks and line
    /// ends have one each).
    void utf16(std::string_view bytes, std::size_t offset)
    {
        const bool marked = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
        if (bytes.size() < 8
            || (!marked
                && static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\0')) * 32
                       < bytes.size()))
            return;
        for (const std::size_t start : {std::size_t(0), std::size_t(1)})
            for (const bool little : {true, false}) {
                std::u32string decoded;
                for (std::size_t i = start; i + 1 < bytes.size(); i += 2) {
                    const auto a = static_cast<std::uint8_t>(bytes[i]),
                               b = static_cast<std::uint8_t>(bytes[i + 1]);
                    decoded.push_back(static_cast<char32_t>(little ? a | b << 8 : a << 8 | b));
                }
                text(decoded, "utf16", offset, true, bytes);
            }
    }

    KnownValues m_known;
    std::set<std::u32string> m_allowed;
    std::vector<Residue> m_found;
};

} // namespace

std::vector<Residue> scanReleased(ByteView released, const records::Subject &subject,
                                  const std::vector<std::string> &allowed)
{
    Scanner scanner(subject, allowed);
    scanner.scan({reinterpret_cast<const char *>(released.data()), released.size()}, "plain", 0, false, 0);
    return scanner.take();
}

} // namespace amana::deid
