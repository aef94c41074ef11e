// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/train/written_values.h"

#include "core/base/utf8.h"
#include "core/deid/train/vocabulary.h"

#include <QChar>

#include <map>

namespace amana::deid::train {
namespace {

const Words kMonths[] = {
    {U"January", U"February", U"March", U"April", U"May", U"June", U"July", U"August", U"September",
     U"October", U"November", U"December"},
    {U"Jan", U"Feb", U"Mar", U"Apr", U"May", U"Jun", U"Jul", U"Aug", U"Sep", U"Oct", U"Nov", U"Dec"}};

const std::map<std::string, Words> &monthsOf()
{
    static const std::map<std::string, Words> kAll{
        {"de",
         {U"Januar", U"Februar", U"März", U"April", U"Mai", U"Juni", U"Juli", U"August", U"September",
          U"Oktober", U"November", U"Dezember"}},
        {"fr",
         {U"janvier", U"février", U"mars", U"avril", U"mai", U"juin", U"juillet", U"août", U"septembre",
          U"octobre", U"novembre", U"décembre"}},
        {"es",
         {U"enero", U"febrero", U"marzo", U"abril", U"mayo", U"junio", U"julio", U"agosto", U"septiembre",
          U"octubre", U"noviembre", U"diciembre"}},
        {"it",
         {U"gennaio", U"febbraio", U"marzo", U"aprile", U"maggio", U"giugno", U"luglio", U"agosto",
          U"settembre", U"ottobre", U"novembre", U"dicembre"}},
        {"pt",
         {U"janeiro", U"fevereiro", U"março", U"abril", U"maio", U"junho", U"julho", U"agosto", U"setembro",
          U"outubro", U"novembro", U"dezembro"}},
        {"nl",
         {U"januari", U"februari", U"maart", U"april", U"mei", U"juni", U"juli", U"augustus", U"september",
          U"oktober", U"november", U"december"}},
        {"el",
         {U"Ιανουαρίου", U"Φεβρουαρίου", U"Μαρτίου", U"Απριλίου", U"Μαΐου", U"Ιουνίου", U"Ιουλίου", U"Αυγούστου",
          U"Σεπτεμβρίου", U"Οκτωβρίου", U"Νοεμβρίου", U"Δεκεμβρίου"}},
        {"ru",
         {U"января", U"февраля", U"марта", U"апреля", U"мая", U"июня", U"июля", U"августа", U"сентября",
          U"октября", U"ноября", U"декабря"}}};
    return kAll;
}

std::u32string fullWidth(std::u32string text)
{
    for (char32_t &c : text)
        if (c > U' ' && c < 127)
            c += 0xFEE0;
    return text;
}

/// 令和6年3月5日, R6.3.5, 昭和23年
std::u32string japaneseEra(int y, int m, int d, Random &r)
{
    struct Era {
        int from;
        char32_t letter;
        const char32_t *name;
    };
    static constexpr Era kEras[] = {{2019, U'R', U"令和"}, {1989, U'H', U"平成"}, {1926, U'S', U"昭和"}, {1912, U'T', U"大正"}};
    for (const Era &era : kEras) {
        if (y < era.from)
            continue;
        const auto year = decimal(y - era.from + 1);
        if (r.chance(0.35)) {
            const auto sep = r.pick(Words{U".", U"/", U"-"});
            return std::u32string(1, era.letter) + year + sep + decimal(m) + sep + decimal(d);
        }
        const auto head = std::u32string(era.name) + (year == U"1" ? U"元" : year) + U"年";
        return r.chance(0.15) ? head + decimal(m) + U"月" : head + decimal(m) + U"月" + decimal(d) + U"日";
    }
    return decimal(y) + U"年" + decimal(m) + U"月" + decimal(d) + U"日";
}

std::u32string eastAsianDate(const std::string &lang, int y, int m, int d, Random &r)
{
    const bool ko = lang == "ko";
    const std::u32string gap = ko && r.chance(0.7) ? U" " : U"";
    const std::u32string year = ko ? U"년" : U"年", month = ko ? U"월" : U"月", day = ko ? U"일" : U"日";
    const auto monthDay = decimal(m) + month + gap + decimal(d) + day;
    const auto sep = r.pick(Words{U"/", U"-", U".", U"/", U".", U". "});
    const bool wide = r.chance(0.5);
    const auto mm = decimal(m, wide ? 2 : 0), dd = decimal(d, wide ? 2 : 0);
    std::u32string out;
    switch (r.below(lang == "ja" ? 14 : 10)) {
    case 0:
    case 1:
    case 2: out = decimal(y) + year + gap + monthDay; break;
    case 3: out = monthDay; break;
    case 4: out = r.chance(0.5) ? decimal(y) + year + gap + decimal(m) + month : decimal(m) + month + gap + decimal(d) + day; break;
    case 5: out = decimal(y % 100, 2) + sep + mm + sep + dd; break;
    case 6: out = r.chance(0.5) ? mm + U"/" + dd : (ko ? U"'" : U"") + decimal(y % 100, 2) + U"." + decimal(m) + U"." + decimal(d); break;
    case 7: out = r.chance(0.4) ? decimal(y) + decimal(m, 2) + decimal(d, 2) : decimal(y) + U"-" + decimal(m, 2) + U"-" + decimal(d, 2); break;
    case 8:
    case 9: out = decimal(y) + sep + mm + sep + dd + (ko && sep[0] == U'.' && r.chance(0.5) ? U"." : U""); break;
    default: out = japaneseEra(y, m, d, r); break;
    }
    return lang == "ja" && r.chance(0.12) ? fullWidth(out) : out;
}

} // namespace

std::u32string decimal(int value, int width)
{
    auto text = std::to_string(value);
    if (text.size() < static_cast<std::size_t>(width))
        text.insert(0, static_cast<std::size_t>(width) - text.size(), '0');
    return decodeUtf8(text);
}

std::u32string lowered(std::u32string text)
{
    for (char32_t &c : text)
        c = static_cast<char32_t>(QChar::toLower(static_cast<uint>(c)));
    return text;
}

std::u32string uppered(std::u32string text)
{
    for (char32_t &c : text)
        c = static_cast<char32_t>(QChar::toUpper(static_cast<uint>(c)));
    return text;
}

std::u32string fromMask(std::u32string_view mask, Random &random)
{
    std::u32string out;
    for (const char32_t c : mask) {
        if (c == U'#' || (c == U'&' && random.chance(0.6)))
            out.push_back(U'0' + static_cast<char32_t>(random.below(10)));
        else if (c == U'@' || c == U'&')
            out.push_back(U'A' + static_cast<char32_t>(random.below(26)));
        else
            out.push_back(c);
    }
    return out;
}

std::u32string writtenDate(const std::string &lang, Random &r)
{
    const int y = r.range(1925, 2027), m = r.range(1, 12), d = r.range(1, 28);
    const auto yy = decimal(r.chance(0.25) ? y % 100 : y, 2),
               sep = r.pick(Words{U"/", U"-", U".", U"/", U"."});
    const auto dd = decimal(d, r.chance(0.6) ? 2 : 0), mm = decimal(m, r.chance(0.6) ? 2 : 0);
    const auto month = static_cast<std::size_t>(m - 1);
    if (lang == "ko" || lang == "ja" || lang == "zh")
        return eastAsianDate(lang, y, m, d, r);
    const auto local = monthsOf().find(lang);
    if (local != monthsOf().end() || lang == "ar" || lang == "hi") {
        if (local == monthsOf().end() || r.chance(0.6))
            return dd + sep + mm + (r.chance(0.9) ? sep + yy : U"");
        const auto &name = local->second[month];
        const std::u32string of = lang == "es" || lang == "pt" ? U" de " : lang == "de" ? U". " : U" ";
        const std::u32string of2 = lang == "es" || lang == "pt" ? U" de " : U" ";
        return r.chance(0.15) ? name + of2 + decimal(y)
                              : decimal(d) + of + name + (r.chance(0.8) ? of2 + decimal(y) : U"");
    }
    auto name = kMonths[r.chance(0.5) ? 1 : 0][month];
    if (r.chance(0.1))
        name = r.chance(0.5) ? uppered(name) : lowered(name);
    const Words suffix{U"th", U"st", U"nd", U"rd"};
    switch (r.below(12)) {
    case 0: return decimal(y) + U"-" + decimal(m, 2) + U"-" + decimal(d, 2);
    case 1:
    case 2:
    case 3: return mm + sep + dd + sep + yy;
    case 4: return dd + sep + mm + sep + yy;
    case 5: return name + U" " + decimal(d) + U", " + decimal(y);
    case 6: return decimal(d) + U" " + name + (r.chance(0.7) ? U" " + decimal(y) : U"");
    case 7: return name + U" " + decimal(d) + (r.chance(0.3) ? r.pick(suffix) : U"");
    case 8: return name + (r.chance(0.5) ? U" " : U" of ") + decimal(y);
    case 9: return dd + U"-" + name + U"-" + yy;
    case 10: return mm + U"/" + dd;
    default: return r.chance(0.5) ? mm + U"/" + decimal(y) : decimal(y) + decimal(m, 2) + decimal(d, 2);
    }
}

std::u32string writtenAge(const std::string &lang, Random &r)
{
    const auto years = decimal(r.range(1, r.chance(0.1) ? 104 : 92));
    if (lang == "ko")
        return r.chance(0.06) ? decimal(r.range(1, 30)) + U"개월" : years + r.pick(Words{U"세", U"세", U"세", U"살", U" 세"});
    if (lang == "ja")
        return r.chance(0.06)   ? decimal(r.range(1, 30)) + r.pick(Words{U"か月", U"ヶ月", U"カ月"})
               : r.chance(0.08) ? fullWidth(years) + U"歳"
                                : years + r.pick(Words{U"歳", U"歳", U"歳", U"才"});
    static const Words kWordsOf{U"forty", U"fifty-two", U"sixty", U"thirty-five", U"seventy-one"};
    return lang == "en" && r.chance(0.03) ? r.pick(kWordsOf) : years;
}

std::u32string writtenIdentifier(const std::string &lang, Random &r)
{
    if (lang == "ko" && r.chance(0.15)) // a resident registration number
        return decimal(r.range(30, 99)) + decimal(r.range(1, 12), 2) + decimal(r.range(1, 28), 2) + U"-"
               + fromMask(r.chance(0.2) ? U"#******" : U"#######", r);
    static const Words kMasks{
        U"#######",  U"######",    U"########",   U"#########",      U"##########",     U"###-##-####",
        U"##-##-##", U"@######",   U"@@######",   U"@@@#########",   U"#####-#",        U"##-#####",
        U"&&&&&&&&", U"@##-####",  U"@@-####-##", U"#### #### ####", U"###-###-###",    U"@#######@",
        U"####/##",  U"@@@-#####", U"##@####",    U"###.###.###-##", U"&&&&-&&&&-&&&&", U"#####"};
    return fromMask(r.pick(kMasks), r);
}

std::u32string writtenPhone(const std::string &lang, Random &r)
{
    static const std::map<std::string, Words> kMasks{
        {"en",
         {U"(###) ###-####", U"###-###-####", U"###.###.####", U"### ### ####", U"1-800-###-####",
          U"+1 ### ### ####", U"x####", U"ext. ####", U"###-####", U"+44 7### ######", U"07### ######",
          U"020 #### ####", U"+## ## #### ####", U"(##) ####-####", U"##########", U"+91 ##### #####",
          U"(###)###-#### x###"}},
        {"ko",
         {U"010-####-####", U"02-###-####", U"031-###-####", U"010 #### ####", U"+82-10-####-####",
          U"051)###-####", U"010########"}},
        {"ja", {U"03-####-####", U"090-####-####", U"0##-###-####", U"080########"}},
        {"zh", {U"1##########", U"010-########", U"0###-#######", U"138 #### ####"}},
        {"de", {U"0## #######", U"+49 ### #######", U"0###/######", U"0171-#######"}},
        {"fr", {U"0# ## ## ## ##", U"0#.##.##.##.##", U"+33 # ## ## ## ##", U"0#########"}},
        {"es", {U"6## ## ## ##", U"9## ### ###", U"#########", U"+34 ### ### ###"}},
        {"it", {U"06 #######", U"3## #######", U"+39 ### ### ####"}},
        {"pt", {U"9## ### ###", U"(##) 9####-####", U"+351 ### ### ###"}},
        {"nl", {U"06-########", U"0##-#######", U"+31 6 ########"}},
        {"el", {U"69########", U"210 #######", U"210-#######", U"+30 69########", U"2### 0#####"}},
        {"ru", {U"+7 (###) ###-##-##", U"8-###-###-##-##"}},
        {"ar", {U"05########", U"+966 # ### ####"}},
        {"hi", {U"9#########", U"+91-##########"}}};
    const auto at = kMasks.find(lang);
    return fromMask(r.pick(at == kMasks.end() ? kMasks.at("en") : at->second), r);
}

std::u32string writtenTime(Random &r)
{
    return decimal(r.range(0, 23), 2) + (r.chance(0.8) ? U":" : U"") + decimal(r.range(0, 59), 2)
           + (r.chance(0.2) ? U" hrs" : U"");
}

} // namespace amana::deid::train
