// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/deid/rules/pattern_table.h"

#include "core/deid/rules/checks.h"

namespace amana::deid {
namespace {

using Option = QRegularExpression::PatternOption;

bool looksLikeIdentifier(std::string_view text) // behind a label: has a digit, is no plain word or date
{
    const auto digits = digitsOf(text);
    return digits.size() >= 3 || (digits.size() >= 2 && text.size() >= 4);
}

bool phoneLength(std::string_view text)
{
    const auto n = digitsOf(text).size();
    return n >= 7 && n <= 15;
}

bool overNinety(std::string_view text)
{
    const auto digits = digitsOf(text);
    return digits.size() <= 3 && !digits.empty() && std::stoi(digits) > 89 && std::stoi(digits) < 130;
}

/// Labels behind which a record, account, device or other number stands.
const char *const kIdLabel =
    "(?:MRN|M\\.R\\.N\\.?|med(?:ical)?\\.? "
    "?rec(?:ord)?|chart|acct|account|encounter|CSN|FIN|accession|case|policy|member|subscriber|group|"
    "insurance|"
    "medicare|medicaid|patient id|pt "
    "id|hosp(?:ital)?|NHS|record|specimen|requisition|order|serial|S/"
    "N|SN|IMEI|UDI|lot|license|licence|lic|DEA|NPI|"
    "passport|driver'?s licen[sc]e|badge|employee|unit|plate|VIN|certificate|registration|study|subject|"
    "NHC|NASS|DNI|CIP|n[º°o]\\.? ?(?:de )?(?:historia|colegiado|afiliaci[oó]n)|n[ºo]col|historia "
    "cl[ií]nica|IPP|NDA|NIP|n° ?(?:de )?dossier|s[eé]cu|"
    "pat\\.?-?nr|fall-?nr|fallnummer|versicherten-?nr|versichertennummer|aktenzeichen|cartella|nosologico|"
    "prontu[aá]rio|processo|utente|"
    "등록번호|병록번호|차트번호|환자번호|검체번호|접수번호|보험증번호|면허번호|계좌번호|患者ID|カルテ番号|"
    "住院号|病历号|门诊号)";

/// Words that open a sentence behind "Name:" or "Dr." and are no names.
const char *const kNoName = "(?!(?:The|This|That|He|She|It|We|They|Will|And|Of|Is|Was|Has|Had|For|In|On|At|"
                            "To|If|No|Not|Please|Who|Patient|Pt|Doctor|Name|Date|DOB|None|Unknown|See)\\b)";
const char *const kName = "\\p{Lu}[\\p{L}\\p{M}'’]+(?:-\\p{Lu}[\\p{L}\\p{M}'’]+)*";

std::vector<Pattern> build()
{
    std::vector<Pattern> out;
    const auto add = [&](const char *id, const char *type, double score, const QString &pattern,
                         const char *reason, bool (*check)(std::string_view) = nullptr, bool anyCase = true) {
        auto options = Option::UseUnicodePropertiesOption
                       | (anyCase ? Option::CaseInsensitiveOption : Option::NoPatternOption);
        out.push_back({id, type, score, QRegularExpression(pattern, options), check, reason});
        out.back().expression.optimize();
    };
    const auto utf8 = [](const char *text) { return QString::fromUtf8(text); };
    const QString label = utf8(kIdLabel), name = utf8(kNoName) + utf8(kName);
    const QString mixedCase =
        utf8(kNoName) + utf8("\\p{Lu}['’]?\\p{L}*\\p{Ll}[\\p{L}'’]*(?:-\\p{Lu}[\\p{L}'’]+)*");

    // contacts
    add("rule.email", "EMAIL", 1, utf8("[\\p{L}\\d._%+\\-]+@[\\p{L}\\d](?:[\\p{L}\\d\\-]*\\.)+[\\p{L}]{2,}"),
        "An e-mail address.");
    add("rule.url", "URL", 1, utf8("\\b(?:https?|ftp)://[^\\s<>\"')\\]]+[^\\s<>\"')\\].,;:]"),
        "A web address.");
    add("rule.url", "URL", 0.95,
        utf8("\\bwww\\.[\\p{L}\\d\\-]+(?:\\.[\\p{L}\\d\\-]+)+(?:/[^\\s<>\"')\\]]*[^\\s<>\"')\\].,;:])?"),
        "A web address.");
    add("rule.url", "URL", 0.9,
        utf8("(?<![@\\w.])[a-z\\d\\-]{2,}(?:\\.[a-z\\d\\-]+)*\\.(?:com|org|net|edu|gov|info|co\\.uk|co\\.kr|"
             "or\\.kr|go\\.kr|kr|de|fr|es|it|io)(?:/[^\\s<>\"')\\]]*[^\\s<>\"')\\].,;:])?(?![\\w@])"),
        "A web address.");
    add("rule.ip", "OTHER", 0.9, utf8("(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\d.]|\\w)"),
        "An internet address.", ipv4Valid);
    add("rule.ip6", "OTHER", 0.95,
        utf8("(?<![\\w:])(?:[\\da-f]{1,4}:){4,7}[\\da-f]{1,4}(?![\\w:])|(?<![\\w:])(?:[\\da-f]{1,4}:){1,6}:["
             "\\da-f]{1,4}(?![\\w:])"),
        "An internet address.");

    // numbers with a shape or a checksum
    add("rule.id.ssn", "ID", 1, utf8("(?<![\\d\\-])\\d{3}-\\d{2}-\\d{4}(?![\\d\\-])"),
        "Written like a US social security number.");
    add("rule.id.ssnCue", "ID", 1,
        utf8("\\b(?:SSN|social(?: security)?(?: (?:number|no\\.?|#))?|SS#)[:#\\s]*(?<v>\\d{3}[ \\-]?\\d{2}[ "
             "\\-]?\\d{4})(?!\\d)"),
        "A social security number by its label.");
    add("rule.id.rrn", "ID", 1, utf8("(?<![\\d\\-])\\d{6}\\s?-\\s?[1-8]\\d{6}(?![\\d\\-])"),
        "Written like a Korean resident registration number.", rrnPlausible);
    add("rule.id.rrn", "ID", 1, utf8("(?<![\\d\\-])\\d{6}-[1-8]\\*{6}"),
        "A masked Korean resident registration number: it tells the birth date.");
    add("rule.id.rrn", "ID", 0.95, utf8("(?<!\\d)\\d{13}(?!\\d)"),
        "A Korean resident registration number without its hyphen.",
        [](std::string_view t) { return rrnPlausible(t) && rrnChecksumValid(t); });
    add("rule.id.card", "ID", 0.97, utf8("(?<![\\d\\-])(?:\\d[ \\-]?){12,18}\\d(?![\\d\\-])"),
        "A payment card number: its check digit fits.", cardValid);
    add("rule.id.iban", "ID", 1, utf8("\\b[A-Z]{2}\\d{2}(?: ?[A-Z\\d]{4}){2,7}(?: ?[A-Z\\d]{1,4})?\\b"),
        "A bank account number (IBAN): its checksum fits.", ibanValid, false);
    add("rule.id.npi", "ID", 0.8, utf8("(?<![\\d\\-.])[12]\\d{9}(?![\\d\\-.])"),
        "A US provider number (NPI): its check digit fits.", npiValid);
    add("rule.id.nhs", "ID", 0.9, utf8("(?<![\\d\\-])\\d{3} \\d{3} \\d{4}(?![\\d\\-])"),
        "A UK NHS number: its check digit fits.", nhsValid);
    add("rule.id.dni", "ID", 0.95, utf8("(?<![\\w\\-])(?:\\d{8}|[XYZ]\\d{7})-?[A-Z](?![\\w\\-])"),
        "A Spanish DNI or NIE: its letter fits.", dniValid);
    add("rule.id.nir", "ID", 0.97,
        utf8("(?<!\\d)[1-4] ?\\d{2} ?\\d{2} ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}(?!\\d)"),
        "A French social security number: its key fits.", nirValid);
    add("rule.id.cpf", "ID", 0.97, utf8("(?<!\\d)\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}(?!\\d)"),
        "A Brazilian CPF: its check digits fit.", cpfValid);
    add("rule.id.aadhaar", "ID", 0.9, utf8("(?<![\\d\\-])[2-9]\\d{3} \\d{4} \\d{4}(?![\\d\\-])"),
        "An Indian Aadhaar number: its check digit fits.", aadhaarValid);
    add("rule.id.chinese", "ID", 1, utf8("(?<!\\d)\\d{17}[\\dX](?![\\dX])"),
        "A Chinese identity number: its check digit fits.", chineseIdValid);
    add("rule.id.bsn", "ID", 0.9, utf8("\\bBSN[:\\s]*(?<v>\\d{9})(?!\\d)"),
        "A Dutch BSN: it passes the eleven test.", bsnValid);
    add("rule.id.labelled", "ID", 0.9,
        QStringLiteral("(?<![\\p{L}])") + label
            + utf8("(?:[ ]?(?:number|num|no|nr|n[º°]|id|identifier|code)\\b\\.?)?[ ]?[:#=]*[ "
                   "]{0,3}(?<v>[A-Z]{0,4}[\\-]?\\d[A-Z\\d\\-/.]*[A-Z\\d]|[A-Z\\d]{2,}\\d[A-Z\\d\\-]*)"),
        "A number behind a label such as MRN, account or accession.", looksLikeIdentifier);
    add("rule.id.mixed", "ID", 0.6,
        utf8("(?<![\\p{L}\\d\\-/"
             ".])(?!G\\d+P\\d)(?=[A-Z\\d\\-]*[A-Z])(?=(?:[A-Z\\-]*\\d){5})[A-Z]{1,4}-?\\d[A-Z\\d\\-]{4,16}(?!"
             "[\\p{L}\\d])"),
        "Letters and many digits in one sign: an identifier by its shape.", nullptr, false);
    add("rule.id.long", "ID", 0.55, utf8("(?<![\\p{L}\\d.,/\\-])\\d{7,18}(?![\\p{L}\\d,/\\-]|\\.\\d)"),
        "A long number: an identifier by its shape.");

    // phones
    const QString notNumber = utf8("(?<![\\w.\\-/])");
    add("rule.phone.intl", "PHONE", 0.97,
        utf8("(?<![\\w])\\+\\d{1,3}[ .\\-]?(?:\\(0?\\d{1,4}\\)[ .\\-]?)?\\d(?:[ .\\-]?\\d){5,12}(?!\\d)"),
        "A phone number in international form.", phoneLength);
    add("rule.phone.us", "PHONE", 0.97,
        utf8("(?<![\\w.\\-])(?:1[ .\\-])?(?:\\(\\d{3}\\)[ ]?|\\d{3}[.\\-])\\d{3}[ "
             ".\\-]\\d{4}(?:\\s?(?:x|ext\\.?)\\s?\\d{1,5})?(?![\\d\\-])"),
        "Written like a North American phone number.");
    add("rule.phone.kr", "PHONE", 0.97,
        notNumber + utf8("0(?:2|[3-6][1-5]|1[016789]|70|50\\d)[)\\- .]\\s?\\d{3,4}[\\- .]\\d{4}(?![\\d\\-])"),
        "Written like a Korean phone number.");
    add("rule.phone.pairs", "PHONE", 0.9, notNumber + utf8("0\\d(?:[ .]\\d{2}){4}(?!\\d|[ .]\\d)"),
        "Written like a French phone number.");
    add("rule.phone.uk", "PHONE", 0.85,
        notNumber + utf8("0(?:7\\d{3} ?\\d{6}|\\d{2} \\d{4} \\d{4}|\\d{3,4} \\d{3} ?\\d{3,4})(?!\\d)"),
        "Written like a British phone number.");
    add("rule.phone.cue", "PHONE", 0.95,
        utf8("(?<![\\p{L}])(?:tel|telephone|phone|ph|cell|mobile|fax|pager|call|t[eé]l[eé]fono|t[eé]l|"
             "telefon|m[oó]vil|handy|전화|연락처|휴대폰|핸드폰|팩스|電話|电话|手机|тел|الهاتف|फ़ोन)(?:\\s?(?:"
             "no|nr|number|num))?[.:#\\s]{0,4}"
             "(?<v>\\(?\\+?\\d[\\d ().\\-/]{5,18}\\d)(?!\\d)"),
        "A number behind a label such as phone or fax.", phoneLength);
    add("rule.phone.extension", "PHONE", 0.8,
        utf8("\\b(?:ext\\.?|extension|pager|bleep|beeper)[:# ]{1,2}(?<v>\\d{3,6})\\b"),
        "An extension or pager number.");
    add("rule.phone.local", "PHONE", 0.6, utf8("(?<![\\w.\\-/])\\d{3}-\\d{4}(?![\\d\\-])"),
        "Seven digits written like a local phone number.");

    // ages over 89
    add("rule.age.over89", "AGE", 1,
        utf8("(?<![\\d.,/\\-])(?<v>9\\d|1[0-2]\\d)(?=[ \\-]?(?:years?(?: of age|[ "
             "\\-]old)?|yrs?\\b|y/?o\\b|y\\.o\\.|세|歳|岁|años|ans\\b|jahre|jährig|anni|anos|лет))"),
        "An age over 89.", overNinety);
    add("rule.age.over89", "AGE", 0.95,
        utf8("\\b(?:aged?|age at death|연령|나이|edad|alter)[: ]{1,2}(?<v>9\\d|1[0-2]\\d)\\b"),
        "An age over 89.", overNinety);

    add("rule.age.years", "AGE", 0.9,
        utf8("(?<![\\d.,/\\-])(?<v>\\d{1,3})(?=[ \\-]?(?:years?[ \\-]old|yrs?[ \\-]old|y/?o\\b|y\\.o\\.)|세 "
             "?(?:남|여)|[- ]jährige|歳|岁)"),
        "An age, by the words around it.");
    add("rule.age.years", "AGE", 0.9,
        utf8("\\b(?:varón|mujer|paciente|niñ[oa]|hombre|lactante|edad|edad:) (?:de )?(?<v>\\d{1,3} "
             "(?:años|meses|días))"),
        "An age, by the words around it.");
    add("rule.age.years", "AGE", 0.85,
        utf8("\\b(?:aged?|age:|patient age) (?:of )?(?<v>\\d{1,3})(?![\\d.,/:%\\-])"),
        "An age, by the words around it.");

    // places
    add("rule.zip.us", "LOCATION", 0.95,
        utf8("\\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S["
             "CD]|T[NX]|UT|V[AT]|W[AIVY])[ ,.]{1,2}(?<v>\\d{5}(?:-\\d{4})?)(?!\\d)"),
        "A ZIP code behind a state.", nullptr, false);
    add("rule.zip.label", "LOCATION", 0.95,
        utf8("\\b(?:zip(?: ?code)?|postal code|postcode|post code|CP|PLZ|우편번호|〒)[: "
             "]{0,2}(?<v>\\d{3}-\\d{4}|\\d{4,6}(?:-\\d{4})?)(?!\\d)"),
        "A postal code behind its label.");
    add("rule.zip.uk", "LOCATION", 0.85, utf8("\\b(?:[A-Z]{1,2}\\d[A-Z\\d]?) \\d[ABD-HJLNP-UW-Z]{2}\\b"),
        "Written like a British postcode.", nullptr, false);
    add("rule.street.en", "LOCATION", 0.9,
        utf8("(?<![\\w.])\\d{1,5}[A-Z]? (?:[NSEW]\\.? )?(?:[A-Z\\d][\\w'.\\-]* "
             "){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Way|"
             "Terrace|Ter|Circle|Cir|Highway|Hwy|Parkway|Pkwy|Square|Sq|Close|Crescent)\\b\\.?(?:,? "
             "(?:Apt|Suite|Ste|Unit|#)\\.? ?[\\w\\-]+)?"),
        "Written like a street address.", nullptr, false);
    add("rule.street.po", "LOCATION", 0.9, utf8("\\bP\\.? ?O\\.? Box \\d+"), "A post office box.");
    add("rule.street.de", "LOCATION", 0.9,
        utf8("\\b\\p{Lu}[\\p{L}\\-]+(?:straße|strasse|str\\.|weg|platz|allee|gasse) \\d{1,4}[a-z]?\\b"),
        "Written like a German street address.", nullptr, false);
    add("rule.street.romance", "LOCATION", 0.85,
        utf8("\\b(?:Calle|C/\\.?|Avda\\.?|Avenida|Plaza|Paseo|Via|Viale|Corso|Piazza|Rua|Travessa) "
             "(?:(?:de|del|della|di|la|da|do|dos|las|los) )*\\p{Lu}[\\p{L}'.]*(?: (?:de |la |del |da "
             ")?\\p{Lu}[\\p{L}'.]*){0,4},? ?(?:n[º°.]{1,2} ?)?\\d{1,4}"),
        "Written like a street address.", nullptr, false);
    add("rule.street.fr", "LOCATION", 0.85,
        utf8("\\b\\d{1,4}(?: ?bis| ?ter)?,? "
             "(?:rue|avenue|av\\.|boulevard|bd|place|chemin|impasse|allée|quai|cours) [\\p{L}'\\- "
             "]{2,40}?(?:,? \\d{5} \\p{L}[\\p{L}\\-' ]+\\p{L}|(?=[,.;\\n]|$))"),
        "Written like a French street address.");
    add("rule.street.ko", "LOCATION", 0.95,
        utf8("(?:[가-힣]{2,7}(?:특별시|광역시|특별자치시|특별자치도|도|시) ?)?(?:[가-힣]{1,6}[시군구] "
             "?){1,2}(?:[가-힣]{1,6}[읍면동리] ?)?(?:[가-힣\\d]{1,10}(?:로|길)(?:\\d+번길)? "
             "?\\d+(?:-\\d+)?|[가-힣]{1,6}[동리읍면] ?\\d+(?:-\\d+)?)(?:번지)?(?: ?\\d+동)?(?: ?\\d+호)?"),
        "Written like a Korean address.");
    add("rule.street.ja", "LOCATION", 0.95,
        utf8("(?:[\\p{Han}]{2,3}[都道府県])?[\\p{Han}ァ-ヶぁ-ん]{1,8}[市区町村][\\p{Han}ァ-ヶぁ-ん]{0,10}\\d{"
             "1,4}(?:丁目|番地?|-)[\\d番地号\\-]*"),
        "Written like a Japanese address.");

    // names and institutions behind or before a cue
    add("rule.name.title", "NAME", 0.8,
        QStringLiteral("(?<![\\p{L}])(?:Dr|Drs|Mr|Mrs|Ms|Miss|Prof|Sr|Sra|Dra|Mme|Mlle|Dott|Dott\\.ssa|Sig|"
                       "Sig\\.ra|Herrn?|Frau|Monsieur|Madame|Don|Doña|DR|MR|MRS|MS)\\.?\\s(?<v>(?:")
            + name + QStringLiteral("|\\p{Lu}\\.)(?: (?:(?:van|von|de|del|der|la|le|da|dos|di|bin|al) )*(?:")
            + name + QStringLiteral("|\\p{Lu}\\.)){0,3})"),
        "A name behind a title.", nullptr, false);
    add("rule.name.degree", "NAME", 0.8,
        QStringLiteral("(?<![\\p{L}])(?<v>") + mixedCase + QStringLiteral("(?: (?:\\p{Lu}\\.|") + mixedCase
            + QStringLiteral(")){1,2}),? "
                             "(?:M\\.?D\\.?|D\\.?O\\.?|R\\.?N\\.?|PA-C|N\\.?P\\.?|Ph\\.?D\\.?|MBBS|FRCS|DPM|"
                             "LPN|LCSW)(?![\\p{L}])"),
        "A name before a degree.", nullptr, false);
    add("rule.name.label", "NAME", 0.85,
        QStringLiteral(
            "(?<![\\p{L}])(?:(?:Patient|Pt|Full|First|Last|Family|Given|Middle|Maiden) ?[Nn]ame|PATIENT "
            "NAME|NAME|Name|Surname|Patient|PATIENT|Nombre|Apellidos|Nom|Prénom|Nachname|Vorname)[ ]?:[ "
            "]{0,3}(?<v>")
            + name + QStringLiteral("(?:,? (?:\\p{Lu}\\.?(?![\\p{L}])|") + name + QStringLiteral(")){0,3})"),
        "A name behind a label.", nullptr, false);
    add("rule.name.koLabel", "NAME", 0.95,
        utf8("(?:성명|이름|환자명|수진자명|보호자명?|담당의|주치의|집도의|판독의|의뢰의|작성자|기록자|서명)"
             "\\s?[:：]\\s?(?<v>[가-힣]{2,4})(?![가-힣])"),
        "A name behind a label.");
    add("rule.name.koTitle", "NAME", 0.75,
        utf8("(?<![가-힣])(?<v>["
             "김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구민진지엄채원천방"
             "공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모][가-힣]{1,2})\\s?(?=(?:님|씨|교수|"
             "선생|과장|원장|간호사|의사|전문의|전공의|환자|보호자)(?:[^가-힣]|님|은|는|이|가|의|와|과|께|에|"
             "을|를|$))"),
        "A name before a Korean title.");
    add("rule.name.jaTitle", "NAME", 0.75,
        utf8("(?<![\\p{Han}])(?<v>[\\p{Han}]{2,5})(?=(?:様|さん|先生|医師|氏)(?![\\p{Han}]))"),
        "A name before a Japanese title.");
    add("rule.name.hl7", "NAME", 0.95, utf8("(?<v>\\p{L}[\\p{L}'\\-]+\\^\\p{L}[\\p{L}'\\-]*(?:\\^\\p{L}*)?)"),
        "A name in HL7 or DICOM notation.");
    add("rule.hospital.en", "HOSPITAL", 0.7,
        utf8("\\b(?:(?:[A-Z][\\w'.\\-]*|of|the|for|and|&) ){0,5}(?:[A-Z][\\w'.\\-]*) (?:Hospital|Medical "
             "Cent(?:er|re)|Infirmary|Hospice|Health System|Healthcare|Nursing Home|Rehabilitation "
             "Cent(?:er|re))\\b(?! (?:Course|course|COURSE|day|stay))"),
        "Named like a care institution.", nullptr, false);
    add("rule.hospital.ko", "HOSPITAL", 0.85,
        utf8("(?<![가-힣])(?!(?:본|타|외부|인근|개인|지역|대학|종합|동네|요양|상급종합|대형|일반|다른|해당|"
             "전문|이|그|저|큰|작은)(?:병원|의원|의료원))[가-힣]{2,12}(?:대학교병원|대병원|병원|의료원|의원|"
             "보건소|한의원)(?=[^가-힣]|에|으|로|의|은|는|이|가|을|를|과|와|도|$)"),
        "Named like a Korean care institution.");
    add("rule.hospital.ja", "HOSPITAL", 0.8,
        utf8("[\\p{Han}ァ-ヶー]{2,12}(?:病院|医院|クリニック|診療所|医療センター)"),
        "Named like a Japanese care institution.");
    add("rule.hospital.romance", "HOSPITAL", 0.75,
        utf8("\\b(?:Hospital|Hôpital|Hopital|Ospedale|Clínica|Clinique|Policlinico|Klinikum|Krankenhaus|CHU|"
             "CHRU|Centro de Salud)(?: "
             "(?:de|del|della|di|la|le|du|des|da|do|dos|General|Universitario|Universitaire|Clínico|Regional|"
             "St\\.))* \\p{Lu}[\\p{L}'\\-]+(?: (?:(?:de|del|la|le|du|des|da|do|y|et) "
             ")*\\p{Lu}[\\p{L}'\\-]+){0,4}"),
        "Named like a care institution.", nullptr, false);
    return out;
}

} // namespace

const std::vector<Pattern> &patternTable()
{
    static const std::vector<Pattern> kTable = build();
    return kTable;
}

} // namespace amana::deid
