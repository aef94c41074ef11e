// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/train/phrases.h"

#include "core/base/files.h"
#include "core/base/utf8.h"

#include <QDir>

#include <cstdio>
#include <sstream>

namespace amana::deid::train {
namespace {

std::u32string number(int value, int width = 0)
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

std::u32string plain(const std::u32string &text) // letters fit for an address
{
    std::u32string out;
    for (const char32_t c : lowered(text))
        if (c < 128 && QChar::isLetterOrNumber(c))
            out.push_back(c);
    return out.empty() ? U"user" : out;
}

void mark(Sample &sample, const std::u32string &text, int type)
{
    const auto begin = sample.text.size();
    sample.text += text;
    if (!text.empty())
        sample.marks.push_back({begin, sample.text.size(), type});
}

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
        {"ru",
         {U"января", U"февраля", U"марта", U"апреля", U"мая", U"июня", U"июля", U"августа", U"сентября",
          U"октября", U"ноября", U"декабря"}}};
    return kAll;
}

/// Words that are no identifiers: they keep the tagger from marking whatever is capitalised or follows a cue.
const std::map<std::string, Words> &neutral()
{
    static const std::map<std::string, Words> kAll{
        {"TITLE",
         {U"Dr.", U"Dr", U"Mr.", U"Mrs.", U"Ms.", U"Prof.", U"Mr", U"Mrs", U"Ms", U"Nurse", U"DR.", U"dr",
          U"Miss", U"Sister", U"Sgt.", U"Rev."}},
        {"REL",
         {U"wife", U"husband", U"daughter", U"son", U"mother", U"father", U"sister", U"brother", U"partner",
          U"niece", U"aunt", U"grandson", U"caregiver", U"neighbor"}},
        {"PRON", {U"his", U"her", U"their"}},
        {"PRON2", {U"him", U"her", U"them", U"me"}},
        {"OBJ", {U"him", U"her", U"them"}},
        {"DRUG", {U"metformin", U"Lasix",      U"Coumadin", U"lisinopril",   U"Keppra",     U"aspirin",
                  U"Lantus",    U"prednisone", U"Zofran",   U"atorvastatin", U"Rocephin",   U"heparin",
                  U"Synthroid", U"amlodipine", U"Plavix",   U"Flagyl",       U"gabapentin", U"Tylenol",
                  U"morphine",  U"albuterol",  U"Dilantin", U"Zoloft",       U"omeprazole", U"insulin"}},
        {"DX",
         {U"chest pain",
          U"pneumonia",
          U"CHF",
          U"type 2 diabetes",
          U"COPD exacerbation",
          U"Crohn disease",
          U"hip fracture",
          U"cellulitis",
          U"Parkinson's disease",
          U"AF with RVR",
          U"breast cancer",
          U"acute kidney injury",
          U"TIA",
          U"asthma",
          U"Bell's palsy",
          U"sepsis",
          U"gallstones",
          U"migraine",
          U"depression",
          U"anemia",
          U"Graves disease"}},
        {"SYM",
         {U"dizziness", U"chest pain", U"fever", U"shortness of breath", U"nausea", U"back pain", U"headache",
          U"fatigue", U"cough", U"swelling", U"numbness", U"palpitations", U"weight loss", U"abdominal pain",
          U"insomnia", U"rash"}},
        {"LAB",
         {U"INR", U"creatinine", U"Hgb", U"WBC", U"TSH", U"potassium", U"A1c", U"troponin", U"BNP",
          U"glucose", U"CRP", U"platelets", U"lipase"}},
        {"SPEC",
         {U"Cardiology", U"Orthopedics", U"Internal Medicine", U"Radiology", U"Oncology", U"Neurology",
          U"Pediatrics", U"Surgery", U"Emergency Medicine", U"Nephrology"}},
        {"ko.DX",
         {U"폐렴", U"제2형 당뇨병", U"고혈압", U"위암", U"급성 심근경색", U"골절", U"천식", U"파킨슨병",
          U"뇌경색", U"담낭염"}},
        {"ko.SYM", {U"흉통", U"발열", U"호흡곤란", U"복통", U"두통", U"기침", U"어지럼증", U"오심", U"부종"}},
        {"ko.LAB", {U"혈색소", U"크레아티닌", U"혈당", U"백혈구", U"HbA1c", U"CRP"}},
        {"ko.SPEC",
         {U"내과", U"정형외과", U"신경과", U"응급의학과", U"심장내과", U"영상의학과", U"소아청소년과"}},
        {"ko.DRUG",
         {U"메트포르민", U"아스피린", U"암로디핀", U"와파린", U"세프트리악손", U"인슐린", U"로수바스타틴"}},
        {"ja.DX", {U"肺炎", U"糖尿病", U"高血圧", U"胃癌", U"脳梗塞", U"骨折"}},
        {"ja.SYM", {U"発熱", U"胸痛", U"腹痛", U"咳嗽", U"頭痛", U"呼吸困難"}},
        {"ja.LAB", {U"血糖", U"CRP", U"WBC", U"Hb"}},
        {"ja.SPEC", {U"内科", U"外科", U"循環器内科", U"整形外科", U"放射線科"}},
        {"ja.DRUG", {U"アスピリン", U"メトホルミン", U"アムロジピン"}},
        {"zh.DX", {U"肺炎", U"糖尿病", U"高血压", U"胃癌", U"脑梗死", U"骨折"}},
        {"zh.SYM", {U"发热", U"胸痛", U"腹痛", U"咳嗽", U"头痛", U"呼吸困难"}},
        {"zh.LAB", {U"血糖", U"白细胞", U"血红蛋白", U"肌酐"}},
        {"zh.SPEC", {U"内科", U"外科", U"心内科", U"骨科", U"放射科"}},
        {"zh.DRUG", {U"阿司匹林", U"二甲双胍", U"氨氯地平"}},
        {"de.DX",
         {U"Pneumonie", U"Diabetes mellitus Typ 2", U"Schenkelhalsfraktur", U"Vorhofflimmern",
          U"Herzinsuffizienz"}},
        {"de.SYM", {U"Fieber", U"Brustschmerzen", U"Atemnot", U"Schwindel", U"Übelkeit", U"Husten"}},
        {"de.SPEC", {U"Kardiologie", U"Innere Medizin", U"Chirurgie", U"Neurologie"}},
        {"fr.DX", {U"pneumopathie", U"diabète de type 2", U"fracture du col", U"fibrillation auriculaire"}},
        {"fr.SYM", {U"douleur thoracique", U"fièvre", U"toux", U"vertiges", U"dyspnée"}},
        {"fr.SPEC", {U"cardiologie", U"chirurgie", U"neurologie", U"médecine interne"}},
        {"es.DX",
         {U"neumonía", U"diabetes mellitus tipo 2", U"fibrilación auricular", U"fractura de cadera"}},
        {"es.SYM", {U"dolor torácico", U"fiebre", U"tos", U"mareo", U"disnea"}},
        {"es.SPEC", {U"Cardiología", U"Cirugía", U"Neurología", U"Medicina Interna"}},
        {"it.DX", {U"polmonite", U"diabete mellito", U"fibrillazione atriale", U"frattura di femore"}},
        {"it.SYM", {U"dolore toracico", U"febbre", U"tosse", U"vertigini", U"dispnea"}},
        {"it.SPEC", {U"Cardiologia", U"Chirurgia", U"Neurologia", U"Medicina Interna"}},
        {"pt.DX", {U"pneumonia", U"diabetes tipo 2", U"fibrilhação auricular"}},
        {"pt.SYM", {U"dor torácica", U"febre", U"tosse", U"tonturas", U"dispneia"}},
        {"pt.SPEC", {U"Cardiologia", U"Cirurgia", U"Neurologia"}},
        {"ru.DX", {U"пневмония", U"сахарный диабет", U"гипертоническая болезнь", U"перелом"}},
        {"ru.SYM", {U"боль в груди", U"лихорадку", U"кашель", U"одышку", U"головную боль"}},
        {"ru.SPEC", {U"кардиологии", U"хирургии", U"неврологии", U"терапии"}},
        {"ru.DRUG", {U"метформин", U"аспирин", U"амлодипин", U"гепарин"}},
        {"ar.DX", {U"التهاب رئوي", U"داء السكري", U"ارتفاع ضغط الدم"}},
        {"ar.SYM", {U"ألم في الصدر", U"حمى", U"سعال"}},
        {"ar.SPEC", {U"القلب", U"الجراحة", U"الباطنية"}},
        {"ar.DRUG", {U"أسبرين", U"ميتفورمين"}},
        {"hi.DX", {U"निमोनिया", U"मधुमेह", U"उच्च रक्तचाप"}},
        {"hi.SYM", {U"बुखार", U"सीने में दर्द", U"खांसी"}},
        {"hi.SPEC", {U"हृदय रोग", U"शल्य चिकित्सा"}},
        {"hi.DRUG", {U"मेटफॉर्मिन", U"एस्पिरिन"}}};
    return kAll;
}

std::u32string age(Random &random)
{
    static const Words kWordsOf{U"forty", U"fifty-two", U"sixty", U"thirty-five", U"seventy-one"};
    return random.chance(0.03) ? random.pick(kWordsOf)
                               : number(random.range(1, random.chance(0.1) ? 104 : 92));
}

std::u32string identifier(Random &random)
{
    static const Words kMasks{
        U"#######",  U"######",    U"########",   U"#########",      U"##########",     U"###-##-####",
        U"##-##-##", U"@######",   U"@@######",   U"@@@#########",   U"#####-#",        U"##-#####",
        U"&&&&&&&&", U"@##-####",  U"@@-####-##", U"#### #### ####", U"###-###-###",    U"@#######@",
        U"####/##",  U"@@@-#####", U"##@####",    U"###.###.###-##", U"&&&&-&&&&-&&&&", U"#####"};
    return fromMask(random.pick(kMasks), random);
}

} // namespace

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

Phrases::Phrases(const QString &folder, const Lists &lists) : m_lists(lists)
{
    const QDir dir(folder);
    for (const QString &file : dir.entryList({QStringLiteral("*.txt")}, QDir::Files, QDir::Name)) {
        const auto bytes = readFile(dir.filePath(file));
        std::istringstream in(bytes ? bytes->toStdString() : std::string());
        auto &list = m_patterns[file.chopped(4).toStdString()];
        for (std::string line; std::getline(in, line);)
            if (!line.empty())
                list.push_back(decodeUtf8(line));
    }
    if (m_patterns.empty())
        std::fprintf(stderr, "no phrases in %s\n", qPrintable(folder));
}

std::u32string Phrases::date(const std::string &lang, Random &r) const
{
    const int y = r.range(1925, 2027), m = r.range(1, 12), d = r.range(1, 28);
    const auto yy = number(r.chance(0.25) ? y % 100 : y, 2),
               sep = r.pick(Words{U"/", U"-", U".", U"/", U"."});
    const auto dd = number(d, r.chance(0.6) ? 2 : 0), mm = number(m, r.chance(0.6) ? 2 : 0);
    const auto month = static_cast<std::size_t>(m - 1);
    if (lang == "ko" || lang == "ja" || lang == "zh") {
        const bool ko = lang == "ko";
        const std::u32string gap = ko && r.chance(0.8) ? U" " : U"";
        const auto full = number(y) + (ko ? U"년" : U"年") + gap + number(m) + (ko ? U"월" : U"月") + gap
                          + number(d) + (ko ? U"일" : U"日");
        if (r.chance(0.4))
            return full;
        if (r.chance(0.2))
            return full.substr(full.find(ko ? U'년' : U'年') + 1 + gap.size());
        return number(y) + sep + mm + sep + dd + (ko && sep == U"." && r.chance(0.5) ? U"." : U"");
    }
    const auto local = monthsOf().find(lang);
    if (local != monthsOf().end() || lang == "ar" || lang == "hi") {
        if (local == monthsOf().end() || r.chance(0.6))
            return dd + sep + mm + (r.chance(0.9) ? sep + yy : U"");
        const auto &name = local->second[month];
        const std::u32string of = lang == "es" || lang == "pt" ? U" de " : lang == "de" ? U". " : U" ";
        const std::u32string of2 = lang == "es" || lang == "pt" ? U" de " : U" ";
        return r.chance(0.15) ? name + of2 + number(y)
                              : number(d) + of + name + (r.chance(0.8) ? of2 + number(y) : U"");
    }
    auto name = kMonths[r.chance(0.5) ? 1 : 0][month];
    if (r.chance(0.1))
        name = r.chance(0.5) ? uppered(name) : lowered(name);
    const Words suffix{U"th", U"st", U"nd", U"rd"};
    switch (r.below(12)) {
    case 0: return number(y) + U"-" + number(m, 2) + U"-" + number(d, 2);
    case 1:
    case 2:
    case 3: return mm + sep + dd + sep + yy;
    case 4: return dd + sep + mm + sep + yy;
    case 5: return name + U" " + number(d) + U", " + number(y);
    case 6: return number(d) + U" " + name + (r.chance(0.7) ? U" " + number(y) : U"");
    case 7: return name + U" " + number(d) + (r.chance(0.3) ? r.pick(suffix) : U"");
    case 8: return name + (r.chance(0.5) ? U" " : U" of ") + number(y);
    case 9: return dd + U"-" + name + U"-" + yy;
    case 10: return mm + U"/" + dd;
    default: return r.chance(0.5) ? mm + U"/" + number(y) : number(y) + number(m, 2) + number(d, 2);
    }
}

std::u32string Phrases::phone(const std::string &lang, Random &r) const
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
        {"ru", {U"+7 (###) ###-##-##", U"8-###-###-##-##"}},
        {"ar", {U"05########", U"+966 # ### ####"}},
        {"hi", {U"9#########", U"+91-##########"}}};
    const auto at = kMasks.find(lang);
    return fromMask(r.pick(at == kMasks.end() ? kMasks.at("en") : at->second), r);
}

void Phrases::name(Sample &s, const std::string &slot, Random &r) const
{
    const auto first = m_lists.first(s.lang, r), last = m_lists.last(s.lang, r);
    std::u32string text;
    if (slot == "FIRST")
        text = first;
    else if (slot == "LAST" || slot == "LASTN")
        text = r.chance(0.06) ? last + U"-" + m_lists.last(s.lang, r) : last;
    else if (s.lang == "ko" || s.lang == "zh")
        text = last + first;
    else if (s.lang == "ja")
        text = last + (r.chance(0.5) ? U" " : U"") + first;
    else if (slot == "FULL" || r.chance(0.35))
        text = r.chance(0.15)  ? first + U" " + first.substr(0, 1) + U". " + last
               : r.chance(0.1) ? first + U" " + last + U" " + m_lists.last(s.lang, r)
                               : first + U" " + last;
    else {
        const Words forms{last,
                          first,
                          last + U", " + first,
                          first.substr(0, 1) + U". " + last,
                          last + U" " + first.substr(0, 1) + U".",
                          uppered(last) + U" " + first,
                          uppered(last + U", " + first),
                          first.substr(0, 1) + U"." + last.substr(0, 1) + U".",
                          first + U" " + last,
                          last + U" " + first,
                          last,
                          first};
        text = r.pick(forms);
    }
    if (slot == "NAME" && r.chance(0.06))
        text = lowered(text);
    mark(s, text, Name);
}

void Phrases::fill(Sample &s, const std::string &slot, Random &r) const
{
    if (slot == "FULL" || slot == "FIRST" || slot == "LAST" || slot == "LASTN" || slot == "NAME")
        return name(s, slot, r);
    if (slot == "DATE")
        return mark(s, date(s.lang, r), Date);
    if (slot == "AGE")
        return mark(s, age(r), Age);
    if (slot == "AGEES")
        return mark(s, age(r) + U" años", Age);
    if (slot == "CITY")
        return mark(
            s, m_lists.city(s.lang, r) + (s.lang == "en" && r.chance(0.2) ? U", " + m_lists.state(r) : U""),
            Location);
    if (slot == "ADDR")
        return mark(s, m_lists.street(s.lang, r), Location);
    if (slot == "HOSP")
        return mark(s, m_lists.hospital(s.lang, r), Hospital);
    if (slot == "PHONE")
        return mark(s, phone(s.lang, r), Phone);
    if (slot == "ID")
        return mark(s, identifier(r), Id);
    if (slot == "RRN")
        return mark(s,
                    number(r.range(30, 99)) + number(r.range(1, 12), 2) + number(r.range(1, 28), 2) + U"-"
                        + fromMask(U"#######", r),
                    Id);
    if (slot == "JOB")
        return mark(s, m_lists.job(s.lang, r), Profession);
    if (slot == "ORG") {
        static const Words kKinds{U" Inc.",  U" & Sons", U" University", U" High School", U" Logistics",
                                  U" Group", U" LLC",    U" Foods",      U" Insurance",   U" Elementary",
                                  U" Bank",  U" Ltd",    U" Motors",     U" Pharmacy",    U" College"};
        static const Words kKorean{U"전자", U"건설", U"고등학교", U"대학교",
                                   U"물산", U"은행", U"초등학교", U"화학"};
        const bool ko = s.lang == "ko";
        return mark(s,
                    (r.chance(0.6) ? m_lists.last(s.lang, r) : m_lists.city(s.lang, r))
                        + r.pick(ko ? kKorean : kKinds),
                    Org);
    }
    const auto user = plain(m_lists.first("en", r)), host = plain(m_lists.last("en", r));
    if (slot == "EMAIL") {
        static const Words kHosts{U"gmail.com",   U"hotmail.com", U"yahoo.com", U"naver.com",
                                  U"example.org", U"outlook.com", U"web.de",    U"orange.fr"};
        const auto box = r.chance(0.5) ? user + r.pick(Words{U".", U"_", U"", U"-"}) + host
                                       : user + number(r.range(1, 99));
        return mark(s,
                    box + U"@"
                        + (r.chance(0.7)
                               ? r.pick(kHosts)
                               : host + r.pick(Words{U".org", U".com", U".co.uk", U".net", U".edu"})),
                    Email);
    }
    if (slot == "URL")
        return mark(s,
                    r.pick(Words{U"http://", U"https://", U"www.", U"https://www."}) + host
                        + r.pick(Words{U".org", U".com", U".net", U".co.uk", U".kr"})
                        + (r.chance(0.5) ? U"/" + user : U""),
                    Url);
    if (slot == "N")
        s.text += number(r.range(1, r.chance(0.7) ? 30 : 300));
    else if (slot == "TIME")
        s.text += number(r.range(0, 23), 2) + (r.chance(0.8) ? U":" : U"") + number(r.range(0, 59), 2)
                  + (r.chance(0.2) ? U" hrs" : U"");
    else {
        const auto local = neutral().find(s.lang + "." + slot), common = neutral().find(slot);
        if (local != neutral().end() || common != neutral().end())
            s.text += r.pick(local != neutral().end() ? local->second : common->second);
        else
            std::fprintf(stderr, "unknown slot %s\n", slot.c_str());
    }
}

void Phrases::expand(Sample &s, std::u32string_view pattern, Random &r) const
{
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == U'{') {
            const auto end = pattern.find(U'}', i);
            fill(s, encodeUtf8(pattern.substr(i + 1, end - i - 1)), r);
            i = end;
        } else if (pattern[i] == U'[') {
            std::vector<std::u32string_view> choices;
            std::size_t from = i + 1, at = from;
            for (int depth = 1; depth > 0 && at < pattern.size(); ++at) {
                depth += pattern[at] == U'[' ? 1 : pattern[at] == U']' ? -1 : 0;
                if (depth == 0 || (depth == 1 && pattern[at] == U'|')) {
                    choices.push_back(pattern.substr(from, at - from));
                    from = at + 1;
                }
            }
            expand(s, r.pick(choices), r);
            i = at - 1;
        } else if (pattern[i] == U'\\' && i + 1 < pattern.size()
                   && (pattern[i + 1] == U'n' || pattern[i + 1] == U't')) {
            s.text += pattern[++i] == U'n' ? U'\n' : U'\t';
        } else {
            s.text.push_back(pattern[i]);
        }
    }
}

void Phrases::append(Sample &sample, const std::string &file, Random &random) const
{
    const auto at = m_patterns.find(file);
    if (at != m_patterns.end() && !at->second.empty())
        expand(sample, random.pick(at->second), random);
}

} // namespace amana::deid::train
