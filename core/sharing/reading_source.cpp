// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sharing/reading_source.h"

#include "core/formats/format.h"
#include "core/sharing/reading_records.h"

#include <algorithm>

namespace amana::sharing {

namespace {

constexpr std::size_t kHeadBytes = std::size_t(64) << 10; ///< what Format::recognise() asks for

std::unique_ptr<ReadingSource> sourceFor(ReadingLayout layout, bool isKnown, TakeReading take)
{
    if (layout.kind == ReadingLayout::Kind::FhirLines)
        return std::make_unique<FhirLines>(!isKnown, std::move(take));
    return std::make_unique<CsvRecords>(std::move(layout), !isKnown, std::move(take));
}

/// Keeps the beginning until it tells what the source is, then hands everything on.
class Recognising final : public ReadingSource {
public:
    Recognising(QString name, TakeReading take) : m_name(std::move(name)), m_take(std::move(take)) {}

    Status add(ByteView piece) override
    {
        if (m_source)
            return m_source->add(piece);
        m_head += toByteArray(piece);
        return static_cast<std::size_t>(m_head.size()) < kHeadBytes ? Status() : begin();
    }

    Status finish() override
    {
        if (!m_source)
            AMANA_CHECK(begin());
        return m_source->finish();
    }

    const ReadingLayout &layout() const override
    {
        static const ReadingLayout nothing;
        return m_source ? m_source->layout() : nothing;
    }

private:
    Status begin()
    {
        ReadingLayout layout;
        AMANA_TRY(const formats::Format *const format, formats::recogniseFormat(m_head, m_name));
        if (format->id() == "csv") {
            layout.kind = ReadingLayout::Kind::CsvRecords;
            AMANA_TRY(layout.separator, CsvRecords::separatorOf(m_head));
        } else if (format->id() != "fhir") {
            return fail(ErrorCode::ReadingsUnsupported, {{"place", "line 1"}});
        }
        m_source = sourceFor(std::move(layout), false, std::move(m_take));
        AMANA_CHECK(m_source->add(bytesOf(m_head)));
        m_head.clear();
        return {};
    }

    QString m_name;
    TakeReading m_take;
    QByteArray m_head;
    std::unique_ptr<ReadingSource> m_source;
};

} // namespace

std::unique_ptr<ReadingSource> ReadingSource::recognise(const QString &name, TakeReading take)
{
    return std::make_unique<Recognising>(name, std::move(take));
}

std::unique_ptr<ReadingSource> ReadingSource::follow(const ReadingLayout &layout, TakeReading take)
{
    return sourceFor(layout, true, std::move(take));
}

void appendJsonString(std::string &out, std::string_view text)
{
    static constexpr std::string_view kHex = "0123456789abcdef";
    static constexpr std::string_view kShort = "\b\t\n\f\r\"\\";
    static constexpr std::string_view kLetters = "btnfr\"\\";
    const auto mustEscape = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; };
    out += '"';
    while (true) { // nearly every text is one run without escapes
        const auto stop = std::find_if(text.begin(), text.end(), mustEscape);
        out.append(text.begin(), stop);
        if (stop == text.end())
            break;
        out += '\\';
        if (const std::size_t at = kShort.find(*stop); at != std::string_view::npos) {
            out += kLetters[at];
        } else {
            out += "u00";
            out += kHex[static_cast<unsigned char>(*stop) >> 4];
            out += kHex[static_cast<unsigned char>(*stop) & 15];
        }
        text.remove_prefix(static_cast<std::size_t>(stop - text.begin()) + 1);
    }
    out += '"';
}

} // namespace amana::sharing
