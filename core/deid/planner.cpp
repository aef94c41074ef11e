// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/planner.h"

#include "core/base/utf8.h"
#include "core/deid/kept_values.h"

#include <QChar>
#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

namespace amana::deid {
namespace {

using records::FieldKind;

constexpr int kAgeLimit = 89; ///< 45 CFR 164.514(b)(2)(i)(C)
constexpr const char *kNarrative =
    "<div xmlns=\"http://www.w3.org/1999/xhtml\">Narrative removed by de-identification.</div>";

const char *typeOf(FieldKind kind) // what a replaced field counts as in the report
{
    switch (kind) {
    case FieldKind::PatientName:
    case FieldKind::StaffName: return "NAME";
    case FieldKind::Organisation: return "HOSPITAL";
    case FieldKind::Address:
    case FieldKind::State:
    case FieldKind::Country:
    case FieldKind::PostalCode:
    case FieldKind::GeoPosition: return "LOCATION";
    case FieldKind::Phone: return "PHONE";
    case FieldKind::Email: return "EMAIL";
    case FieldKind::Url: return "URL";
    case FieldKind::SocialNumber:
    case FieldKind::RecordId:
    case FieldKind::ResourceId:
    case FieldKind::DeviceId:
    case FieldKind::LicenceId:
    case FieldKind::AccountId: return "ID";
    case FieldKind::BirthDate:
    case FieldKind::Date: return "DATE";
    case FieldKind::Age: return "AGE";
    case FieldKind::IpAddress: return "OTHER";
    default: return "FIELD";
    }
}

const char *roleOf(FieldKind kind)
{
    return kind == FieldKind::PatientName ? "patient" : kind == FieldKind::StaffName ? "staff" : "";
}

std::string digitsIn(const std::string &text)
{
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

int ageIn(const std::string &text) // -1: no number
{
    const auto digits = digitsIn(text.substr(0, text.find_first_of(".,")));
    return digits.empty() || digits.size() > 3 ? -1 : std::stoi(digits);
}

std::string editId(std::size_t field, records::Span span)
{
    return std::to_string(field) + ":" + std::to_string(span.begin) + "-" + std::to_string(span.end);
}

bool onlyYear(const std::string &text) { return text.size() == 4 && digitsIn(text) == text; }

bool onlyTime(const std::string &text)
{
    return text.size() >= 5 && text.find(':') != std::string::npos
           && std::all_of(text.begin(), text.end(),
                          [](char c) {
                              return (c >= '0' && c <= '9') || c == ':' || c == '.' || c == 'Z' || c == '+'
                                     || c == '-';
                          })
           && text.find(':') <= 2;
}

records::Subject namesAndNumbers(const records::Subject &subject)
{
    records::Subject own;
    own.names = subject.names;
    own.identifiers = subject.identifiers;
    return own;
}

std::u32string weekdayMoved(std::u32string_view text, int days)
{
    static const std::vector<QString> kDays{QStringLiteral("monday"),    QStringLiteral("tuesday"),
                                            QStringLiteral("wednesday"), QStringLiteral("thursday"),
                                            QStringLiteral("friday"),    QStringLiteral("saturday"),
                                            QStringLiteral("sunday")};
    const QString word = QString::fromUcs4(text.data(), static_cast<qsizetype>(text.size()));
    for (int i = 0; i < 7; ++i)
        if (word.compare(kDays[static_cast<std::size_t>(i)], Qt::CaseInsensitive) == 0) {
            QString to = kDays[static_cast<std::size_t>(((i + days) % 7 + 7) % 7)];
            to = word == word.toUpper() ? to.toUpper()
                 : word[0].isUpper()    ? to.left(1).toUpper() + to.mid(1)
                                        : to;
            return to.toStdU32String();
        }
    return {};
}

/// A date in text: every readable date inside the span moves (or keeps its year), the rest of the words stay;
/// unreadable → tag.
Replacement dateText(const Policy &policy, int days, std::u32string_view text, const Detection &d,
                     DayOrder order)
{
    const auto inner = text.substr(d.span.begin, d.span.length());
    const bool shift = policy.ruleFor("DATE").action == TextAction::Shift && days != 0;
    if (onlyYear(encodeUtf8(inner)))
        return {{}, true}; // a year alone may stay (45 CFR 164.514(b)(2)(i)(C))
    if (shift)
        if (const auto moved = weekdayMoved(inner, days); !moved.empty())
            return {encodeUtf8(moved)};
    // Read in its sentence: what stands around a date decides how it is read.
    for (const WrittenDate &w : findDates(text, order)) {
        if (!w.span.overlaps(d.span))
            continue;
        const auto before = w.span.begin > d.span.begin
                                ? text.substr(d.span.begin, w.span.begin - d.span.begin)
                                : std::u32string_view();
        const auto after = w.span.end < d.span.end ? text.substr(w.span.end, d.span.end - w.span.end)
                                                   : std::u32string_view();
        const auto anyDigit = [](std::u32string_view t) {
            return std::any_of(t.begin(), t.end(), [](char32_t c) { return QChar::isDigit(c); });
        };
        const bool inside = w.span.begin >= d.span.begin && w.span.end <= d.span.end;
        if (!inside || anyDigit(before) || anyDigit(after))
            break;
        auto core = shift ? shifted(text, w, days) : yearOnly(text, w);
        if (core.empty())
            break;
        return {encodeUtf8(std::u32string(before) + core + std::u32string(after))};
    }
    return {"[DATE]"};
}

Replacement capped(const std::string &text)
{
    const int age = ageIn(text);
    if (age >= 0 && age <= kAgeLimit)
        return {{}, true};
    return age < 0 ? Replacement{{}, true}
                   : Replacement{"90+"}; // a number spelt out is under ninety in all but a handful of words
}

} // namespace

Replacement replacementFor(const Policy &policy, const std::string &subject, SurrogateMap &map,
                           std::u32string_view text, const Detection &d, DayOrder order)
{
    const auto original = encodeUtf8(text.substr(d.span.begin, d.span.length()));
    switch (policy.ruleFor(d.type).action) {
    case TextAction::Keep: return {{}, true};
    case TextAction::Surrogate: return {map.surrogate(subject, d.type, original)};
    case TextAction::Shift:
    case TextAction::Year:
        return dateText(policy, map.dateShift(subject, policy.maxShiftDays), text, d, order);
    case TextAction::Cap: return capped(original);
    case TextAction::Generalise:
    case TextAction::Tag: break;
    }
    return {"[" + d.type + "]"};
}

void sortEdits(Plan &plan, const records::Document &document)
{
    std::map<std::string, std::size_t> order;
    for (std::size_t i = 0; i < document.fields.size(); ++i)
        order.emplace(document.fields[i].path, i);
    std::stable_sort(plan.edits.begin(), plan.edits.end(),
                     [&](const records::Edit &a, const records::Edit &b) {
                         return std::tie(order[a.path], a.span) < std::tie(order[b.path], b.span);
                     });
}

Planner::Planner(const Policy &policy, const records::Document &document, SurrogateMap &map, QDate today,
                 double sampleShare)
    : m_policy(policy), m_document(document), m_map(map), m_known(knownUnder(policy, document)),
      m_direct(namesAndNumbers(document.subject)), m_today(today), m_sampleShare(sampleShare)
{
    m_map.describe(document.subject.key, document.subject.names, document.subject.sex);
    std::vector<std::u32string> dates;
    for (std::size_t i = 0; i < document.fields.size(); ++i) {
        const auto action = policy.actionFor(document.fields[i].kind);
        if (action == FieldAction::Clean || action == FieldAction::CleanListed) {
            m_clean.push_back(i);
            m_texts.push_back(decodeUtf8(document.fields[i].text));
        } else if (document.fields[i].kind == FieldKind::Date) {
            dates.push_back(decodeUtf8(document.fields[i].text));
        }
    }
    std::vector<std::u32string_view> all(dates.begin(), dates.end());
    all.insert(all.end(), m_texts.begin(), m_texts.end());
    m_order = guessOrder(all);
}

std::optional<std::string> Planner::dateField(const std::string &text, bool yearsOnly) const
{
    if (text.empty() || onlyYear(text) || onlyTime(text))
        return text;
    const auto decoded = decodeUtf8(text);
    const auto dates = findDates(decoded, m_order);
    const int days = yearsOnly ? 0 : m_map.dateShift(m_document.subject.key, m_policy.maxShiftDays);
    if (dates.empty() || (!yearsOnly && days == 0))
        return std::nullopt;
    if (yearsOnly) {
        const auto year = encodeUtf8(yearOnly(decoded, dates.front()));
        return year.empty() ? std::nullopt : std::optional(year);
    }
    std::u32string out;
    std::size_t at = 0;
    for (const WrittenDate &w : dates) {
        out += decoded.substr(at, w.span.begin - at) + shifted(decoded, w, days);
        at = w.span.end;
    }
    return encodeUtf8(out + decoded.substr(at));
}

std::optional<std::string> Planner::birthField(const std::string &text) const
{
    const auto decoded = decodeUtf8(text);
    const auto dates = findDates(decoded, m_order);
    int year = onlyYear(text) ? std::stoi(text) : dates.empty() ? 0 : dates.front().date.year();
    if (year == 0)
        return std::nullopt;
    if (m_today.year() - year > kAgeLimit)
        return std::nullopt;
    const int days = m_map.dateShift(m_document.subject.key, m_policy.maxShiftDays);
    if (!onlyYear(text) && days != 0)
        year = dates.front().date.addDays(days).year(); // moved with all other dates, so that ages stay right
    return std::to_string(year);
}

std::optional<std::string> Planner::postalField(const std::string &text) const
{
    const auto digits = digitsIn(text);
    const bool zip = (digits.size() == 5 || digits.size() == 9) && text.size() <= 10
                     && std::isdigit(static_cast<unsigned char>(text.front()));
    if (!zip)
        return std::nullopt;
    const auto head = digits.substr(0, 3);
    const bool restricted = std::find(m_policy.restrictedZip3.begin(), m_policy.restrictedZip3.end(), head)
                            != m_policy.restrictedZip3.end();
    return restricted ? "000" : head;
}

void Planner::wholeField(std::size_t index, Plan &plan) const
{
    const records::Field &field = m_document.fields[index];
    const auto &subject = m_document.subject.key;
    std::optional<std::string> value; // nothing: the field goes
    switch (const auto action = m_policy.actionFor(field.kind)) {
    case FieldAction::Keep: return keptField(index, plan);
    case FieldAction::RemoveListed:
        plan.dropped.push_back({field.path, field.element, records::kindName(field.kind)});
        break;
    case FieldAction::Pseudonym: value = m_map.identifier(field.text); break;
    case FieldAction::Link: value = m_map.link(field.text); break;
    case FieldAction::Surrogate: value = m_map.surrogate(subject, typeOf(field.kind), field.text); break;
    case FieldAction::Shift:
    case FieldAction::Year: value = dateField(field.text, action == FieldAction::Year); break;
    case FieldAction::BirthYear: value = birthField(field.text); break;
    case FieldAction::Cap:
        value = ageIn(field.text) > kAgeLimit ? "90" : field.text;
        break; // a number must stay a number
    case FieldAction::Generalise: value = postalField(field.text); break;
    case FieldAction::Rebuild: value = kNarrative; break;
    case FieldAction::Remove:
    case FieldAction::Clean:
    case FieldAction::CleanListed: break;
    }
    if (value && *value == field.text)
        return;
    records::Edit edit;
    edit.path = field.path;
    edit.span = {0, codePointCount(field.text)};
    edit.id = editId(index, edit.span);
    edit.action = value ? records::EditAction::Replace : records::EditAction::Remove;
    edit.replacement = value.value_or(std::string());
    edit.type = typeOf(field.kind);
    edit.reason = std::string("field.") + records::kindName(field.kind);
    edit.role = roleOf(field.kind);
    edit.decision = records::Decision::Accepted;
    plan.edits.push_back(std::move(edit));
}

/// What is kept by its kind may still name somebody, as the address of a laboratory's own code system does:
/// a person decides. A kept town is of course known to be the patient's; only a name or number in it is asked about.
void Planner::keptField(std::size_t index, Plan &plan) const
{
    const records::Field &field = m_document.fields[index];
    const Detections found = (mayStandKnown(field.kind) ? m_direct : m_known).find(decodeUtf8(field.text));
    const auto worst = std::max_element(found.begin(), found.end(),
                                        [](const auto &a, const auto &b) { return a.score < b.score; });
    if (worst == found.end() || worst->score < kKnownCounts)
        return;
    records::Edit edit;
    edit.path = field.path;
    edit.span = {0, codePointCount(field.text)};
    edit.id = editId(index, edit.span);
    edit.action = records::EditAction::Remove;
    edit.type = worst->type;
    edit.reason = worst->by;
    edit.confidence = worst->score;
    edit.decision = m_policy.redactInDoubt ? records::Decision::Accepted : records::Decision::Proposed;
    plan.edits.push_back(std::move(edit));
}

void Planner::inText(std::size_t clean, const Detections &found, Plan &plan) const
{
    const std::size_t index = m_clean[clean];
    const records::Field &field = m_document.fields[index];
    const std::u32string &text = m_texts[clean];
    const bool sureOnly = m_policy.actionFor(field.kind) == FieldAction::CleanListed;
    for (const Detection &d : found) {
        const TextRule &rule = m_policy.ruleFor(d.type);
        if (d.score < rule.doubt || (sureOnly && d.score < 0.95))
            continue;
        const auto replacement = replacementFor(m_policy, m_document.subject.key, m_map, text, d, m_order);
        if (replacement.keep)
            continue;
        records::Edit edit;
        edit.path = field.path;
        edit.span = d.span;
        edit.id = editId(index, d.span);
        edit.replacement = replacement.text;
        edit.type = d.type;
        edit.reason = d.by;
        edit.role = d.role;
        edit.confidence = d.score;
        edit.decision = d.score >= rule.threshold || m_policy.redactInDoubt ? records::Decision::Accepted
                                                                            : records::Decision::Proposed;
        plan.edits.push_back(std::move(edit));
    }
}

void Planner::sampleUnmarked(const std::vector<Detections> &found, Plan &plan) const
{
    std::vector<SampleSentence> sentences;
    for (std::size_t c = 0; c < m_clean.size(); ++c) {
        const std::u32string &text = m_texts[c];
        for (std::size_t at = 0; at < text.size();) {
            std::size_t end = at;
            while (end < text.size() && text[end] != U'\n'
                   && !(text[end] == U'.' && (end + 1 == text.size() || QChar::isSpace(text[end + 1])))
                   && text[end] != U'。')
                ++end;
            end = std::min(end + 1, text.size());
            const records::Span span{at, end};
            const bool marked = std::any_of(found[c].begin(), found[c].end(),
                                            [&](const Detection &d) { return d.span.overlaps(span); });
            const auto letters = std::count_if(text.begin() + static_cast<std::ptrdiff_t>(at),
                                               text.begin() + static_cast<std::ptrdiff_t>(end),
                                               [](char32_t ch) { return QChar::isLetter(ch); });
            if (!marked && letters >= 12)
                sentences.push_back({m_document.fields[m_clean[c]].path, span, false});
            at = end;
        }
    }
    // Which sentences is random (document ids are) and the same at every run on this document.
    const auto hash =
        QCryptographicHash::hash(QByteArray::fromStdString(m_document.id), QCryptographicHash::Sha256);
    std::mt19937 random(static_cast<std::uint32_t>(qFromLittleEndian<quint32>(hash.constData())));
    for (std::size_t i = sentences.size(); i > 1; --i)
        std::swap(sentences[i - 1], sentences[random() % i]);
    const auto wanted =
        static_cast<std::size_t>(std::ceil(m_policy.sampleSentences * std::clamp(m_sampleShare, 0.0, 1.0)));
    sentences.resize(std::min(wanted, sentences.size()));
    plan.sample = std::move(sentences);
}

Plan Planner::build(const std::vector<Detections> &found)
{
    Plan plan;
    plan.documentId = m_document.id;
    std::size_t clean = 0;
    for (std::size_t i = 0; i < m_document.fields.size(); ++i) {
        if (clean < m_clean.size() && m_clean[clean] == i) {
            inText(clean, found[clean], plan);
            ++clean;
        } else {
            wholeField(i, plan);
        }
    }
    sampleUnmarked(found, plan);
    return plan;
}

} // namespace amana::deid
