// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/review_session.h"

#include "ui/widgets/text_offsets.h"

#include <QHash>

#include <algorithm>

namespace amana::ui {

namespace {

struct Ranked {
    int rank;
    double confidence;
    QString id;
};

int rankOf(const ports::ReviewSpan &span)
{
    const bool wholeField = span.edit.type == "FIELD" || span.edit.reason.rfind("field.", 0) == 0;
    if (span.edit.decision == records::Decision::Proposed)
        return 0;
    return wholeField ? 3 : 2;
}

} // namespace

void ReviewSession::open(ports::ReviewDocument document)
{
    m_document = std::move(document);
    m_open = true;
    m_underWay.clear();
    makeItems(initialOrder());
    m_current = m_items.empty() ? -1 : 0;
}

void ReviewSession::close()
{
    *this = {};
}

QStringList ReviewSession::initialOrder() const
{
    std::vector<Ranked> ranked;
    for (const ports::ReviewField &field : m_document.fields) {
        for (const ports::ReviewSpan &span : field.spans)
            ranked.push_back({rankOf(span), rankOf(span) == 0 ? span.edit.confidence : 0, fromUtf8(span.edit.id)});
    }
    for (const ports::SamplePiece &piece : m_document.sample)
        ranked.push_back({1, 0, piece.id});
    // Stable: equal ranks stay in reading order.
    std::stable_sort(ranked.begin(), ranked.end(), [](const Ranked &a, const Ranked &b) {
        return a.rank != b.rank ? a.rank < b.rank : a.confidence < b.confidence;
    });
    QStringList order;
    for (const Ranked &entry : ranked)
        order << entry.id;
    return order;
}

void ReviewSession::makeItems(const QStringList &order)
{
    QHash<QString, ReviewItem> found;
    QStringList fresh; // added since the order was made: to the front, where the user looks
    const QSet<QString> known(order.begin(), order.end());
    QHash<std::string, int> fieldByPath;
    for (int f = 0; f < int(m_document.fields.size()); ++f) {
        const ports::ReviewField &field = m_document.fields[std::size_t(f)];
        fieldByPath.insert(field.path, f);
        for (int s = 0; s < int(field.spans.size()); ++s) {
            ReviewItem item{fromUtf8(field.spans[std::size_t(s)].edit.id), f, s, -1};
            if (!known.contains(item.id))
                fresh << item.id;
            found.insert(item.id, item);
        }
    }
    for (int p = 0; p < int(m_document.sample.size()); ++p) {
        const ports::SamplePiece &piece = m_document.sample[std::size_t(p)];
        if (!known.contains(piece.id))
            fresh << piece.id;
        found.insert(piece.id, {piece.id, fieldByPath.value(piece.path, -1), -1, p});
    }
    m_items.clear();
    for (const QString &id : fresh + order) {
        const auto it = found.constFind(id);
        if (it != found.constEnd())
            m_items.push_back(*it);
    }
}

int ReviewSession::apply(const ports::ReviewChange &change)
{
    QSet<QString> known;
    QSet<QString> waited;
    for (const ReviewItem &item : m_items) {
        known.insert(item.id);
        if (waits(item))
            waited.insert(item.id);
    }
    QHash<std::string, int> byPath;
    for (int f = 0; f < int(m_document.fields.size()); ++f)
        byPath.insert(m_document.fields[std::size_t(f)].path, f);
    for (const ports::ReviewField &field : change.fields) {
        const int at = byPath.value(field.path, -1);
        if (at >= 0)
            m_document.fields[std::size_t(at)] = field;
    }
    m_document.sample = change.sample;
    m_document.row.counts = change.document;
    m_document.canUndo = change.canUndo;
    m_document.canRedo = change.canRedo;
    const QString currentId = m_current >= 0 ? m_items[std::size_t(m_current)].id : QString();
    QStringList order;
    for (const ReviewItem &item : m_items)
        order << item.id;
    const int before = m_current;
    makeItems(order);
    m_current = indexOf(currentId);
    if (m_current < 0 && !m_items.empty())
        m_current = std::clamp(before, 0, int(m_items.size()) - 1);
    const auto again = std::find_if(m_items.begin(), m_items.end(), [&](const ReviewItem &item) {
        return known.contains(item.id) && !waited.contains(item.id) && waits(item);
    });
    return again == m_items.end() ? -1 : int(again - m_items.begin());
}

void ReviewSession::setCurrent(int item)
{
    m_current = item >= 0 && item < int(m_items.size()) ? item : -1;
}

const ReviewItem *ReviewSession::currentItem() const
{
    return m_current >= 0 ? &m_items[std::size_t(m_current)] : nullptr;
}

int ReviewSession::indexOf(const QString &id) const
{
    const auto it = std::find_if(m_items.begin(), m_items.end(), [&](const ReviewItem &i) { return i.id == id; });
    return it == m_items.end() ? -1 : int(it - m_items.begin());
}

void ReviewSession::setUnderWay(const QString &id, bool underWay)
{
    if (underWay)
        m_underWay.insert(id);
    else
        m_underWay.remove(id);
}

bool ReviewSession::waits(const ReviewItem &item) const
{
    if (m_underWay.contains(item.id))
        return false;
    if (const ports::SamplePiece *piece = sampleOf(item))
        return !piece->confirmed;
    const ports::ReviewSpan *span = spanOf(item);
    return span != nullptr && span->edit.decision == records::Decision::Proposed;
}

int ReviewSession::nextWaiting(int step) const
{
    const int count = int(m_items.size());
    for (int i = 1; i <= count; ++i) {
        const int start = m_current < 0 ? (step > 0 ? -1 : 0) : m_current;
        const int at = ((start + step * i) % count + count) % count;
        if (waits(m_items[std::size_t(at)]))
            return at;
    }
    return -1;
}

const ports::ReviewField *ReviewSession::fieldOf(const ReviewItem &item) const
{
    return item.field >= 0 ? &m_document.fields[std::size_t(item.field)] : nullptr;
}

const ports::ReviewSpan *ReviewSession::spanOf(const ReviewItem &item) const
{
    const ports::ReviewField *field = fieldOf(item);
    return field != nullptr && item.span >= 0 ? &field->spans[std::size_t(item.span)] : nullptr;
}

const ports::SamplePiece *ReviewSession::sampleOf(const ReviewItem &item) const
{
    return item.sample >= 0 ? &m_document.sample[std::size_t(item.sample)] : nullptr;
}

QString ReviewSession::textOf(const ReviewItem &item) const
{
    const ports::ReviewField *field = fieldOf(item);
    if (field == nullptr)
        return {};
    const ports::ReviewSpan *span = spanOf(item);
    const ports::SamplePiece *piece = sampleOf(item);
    const QString text = fromUtf8(field->original);
    const Utf16Range range = toUtf16(text, span != nullptr ? span->edit.span : piece->span);
    return text.mid(range.begin, range.length);
}

} // namespace amana::ui
