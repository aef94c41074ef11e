// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/memory_ports.h"

#include <algorithm>
#include <map>

namespace amana::test {

namespace {

const QString kKim = QStringLiteral("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
const QString kLee = QStringLiteral("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359");
const QString kPark = QStringLiteral("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB");
const QString kCid = QStringLiteral("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi");

ports::Party party(const QString &name, const QString &address, const QString &institution)
{
    return {name, address, institution, {}};
}

QDateTime at(int daysAgo)
{
    return QDateTime(QDate(2026, 3, 14), QTime(9, 30), Qt::UTC).addDays(-daysAgo);
}

ports::DocumentRow documentRow(const QString &id, const QString &name, const QString &format, const QString &subject,
                               qint64 bytes, ports::Phase phase)
{
    ports::DocumentRow row;
    row.id = id;
    row.name = name;
    row.format = format;
    row.subject = subject;
    row.subjectKey = subject;
    row.bytes = bytes;
    row.fields = 40;
    row.imported = at(2);
    row.phase = phase;
    return row;
}

ports::RequestRow requestRow(const QString &id, const ports::Party &who, const QString &purpose, ports::RequestState state)
{
    ports::RequestRow row;
    row.id = id;
    row.dataset = QStringLiteral("1");
    row.datasetTitle = QStringLiteral("Glucose and notes, spring 2026");
    row.requester = who;
    row.purpose = purpose;
    row.until = QDateTime(QDate(2027, 6, 30), QTime(14, 59, 59), Qt::UTC);
    row.created = at(1);
    row.state = state;
    row.waitsForMe = state == ports::RequestState::Requested;
    return row;
}

} // namespace

ports::Future<ports::CreatedProfile> MemorySession::createProfile(const ports::NewProfile &spec)
{
    if (!keychainWorks && !spec.passphrase)
        return refused<ports::CreatedProfile>(ErrorCode::KeychainAbsent);
    if (spec.passphrase)
        passphraseSeen = QString::fromUtf8(spec.passphrase->text().data(), qsizetype(spec.passphrase->size()));
    ports::ProfileInfo profile{spec.name, spec.role, kKim, QStringLiteral("4F2A 91C0 77DE 05B3"), at(0)};
    known.push_back(profile);
    info.open = true;
    info.profile = profile;
    Q_EMIT events.sessionChanged();
    // Words of BIP-39 that stand for no real identity: the checksum does not hold.
    std::string words;
    for (const char *word : {"above", "actor", "badge", "cabin", "dance", "eager", "fable", "galaxy", "habit", "icon",
                             "jacket", "kangaroo", "label", "machine", "naive", "oak", "paddle", "quality", "rabbit",
                             "saddle", "table", "ugly", "vacant", "wagon"})
        words += (words.empty() ? "" : " ") + std::string(word);
    return ready(ports::CreatedProfile{profile, std::make_shared<const SecretBytes>(SecretBytes::fromText(words))});
}

ports::Future<ports::SessionInfo> MemorySession::openProfile(const QString &name, ports::Secret passphrase)
{
    if (!keychainWorks && !passphrase)
        return refused<ports::SessionInfo>(ErrorCode::PassphraseNeeded);
    for (const ports::ProfileInfo &profile : known) {
        if (profile.name == name) {
            info.open = true;
            info.profile = profile;
            Q_EMIT events.sessionChanged();
            return ready(info);
        }
    }
    return refused<ports::SessionInfo>(ErrorCode::ProfileUnknown, {{"name", name.toStdString()}});
}

ports::Future<std::vector<ports::KeyRow>> MemorySession::keys()
{
    return ready(std::vector<ports::KeyRow>{
        {QStringLiteral("signing"), QStringLiteral("4F2A 91C0 77DE 05B3"), kKim, 0, QStringLiteral("keychain"), true},
        {QStringLiteral("encryption"), QStringLiteral("A1D3 0C42 9E5B 61F8"),
         QStringLiteral("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"), 1, QStringLiteral("keychain"),
         true}});
}

ports::Future<ports::NetworkStatus> MemorySession::startNetwork()
{
    info.network.state = ports::NetworkState::Online;
    Q_EMIT events.networkChanged();
    return ready(info.network);
}

ports::Future<ports::NetworkStatus> MemorySession::stopNetwork()
{
    info.network.state = ports::NetworkState::Offline;
    Q_EMIT events.networkChanged();
    return ready(info.network);
}

ports::Future<std::vector<records::Field>> MemoryLibrary::fields(const QString &document)
{
    using records::FieldKind;
    return ready(std::vector<records::Field>{
        {"Patient[0].name[0].family", FieldKind::PatientName, document.toStdString(), "Patient.name.family"},
        {"Patient[0].birthDate", FieldKind::BirthDate, "1961-04-02", "Patient.birthDate"},
        {"Observation[3].valueQuantity.value", FieldKind::Number, "7.2", "Observation.valueQuantity.value"}});
}

ports::Future<ports::JobId> MemoryLibrary::startImport(const QStringList &paths)
{
    imported += paths;
    return ready(ports::JobId(QStringLiteral("job-import")));
}

ports::Future<ports::ImportSummary> MemoryLibrary::importSummary(const ports::JobId &)
{
    return ready(ports::ImportSummary{43, 39, 2, 2, bad});
}

ports::Future<std::vector<ports::PolicyInfo>> MemoryLibrary::policies()
{
    ports::PolicyInfo own{QStringLiteral("ward-7"), 20, QStringLiteral("safe-harbor"), {QStringLiteral("fields.city")}, {}};
    ports::PolicyInfo broken{QStringLiteral("broken"), 0, {}, {}, Error(ErrorCode::DeidPolicyInvalid, {{"place", "base"}})};
    return ready(std::vector<ports::PolicyInfo>{{QStringLiteral("korea-pipa"), 20},
                                                {QStringLiteral("longitudinal"), 20},
                                                {QStringLiteral("safe-harbor"), 20},
                                                std::move(own),
                                                std::move(broken)});
}

ports::Future<ports::JobId> MemoryLibrary::startDraft(const ports::NewDraft &spec)
{
    drafts.push_back(spec);
    return ready(ports::JobId(QStringLiteral("job-draft")));
}

ports::Future<std::vector<ports::CustodianChoice>> MemoryPublish::custodianChoices()
{
    return ready(std::vector<ports::CustodianChoice>{
        {kPark, party(QStringLiteral("Park Ji-woo"), kPark, QStringLiteral("Inje Hospital")), true},
        {QStringLiteral("institution"), party({}, {}, QStringLiteral("Inje Hospital")), true}});
}

QStringList MemoryPublish::purposes() const
{
    return {QStringLiteral("DUO:0000042"), QStringLiteral("DUO:0000006"), QStringLiteral("DUO:0000007"),
            QStringLiteral("DUO:0000011"), QStringLiteral("DUO:0000043"), QStringLiteral("DUO:0000018"),
            QStringLiteral("DUO:0000021"), QStringLiteral("DUO:0000019")};
}

ports::Future<ports::PublishPreview> MemoryPublish::preview(const ports::PublishSpec &spec)
{
    ports::PublishPreview preview;
    preview.title = spec.title;
    preview.documents = 3;
    preview.subjects = 2;
    preview.parts = 2;
    preview.bytes = 184320;
    preview.removed = {{QStringLiteral("NAME"), 41}, {QStringLiteral("DATE"), 87}, {QStringLiteral("PHONE"), 3}};
    preview.custodians = {party(QStringLiteral("Park Ji-woo"), kPark, QStringLiteral("Inje Hospital"))};
    preview.threshold = spec.threshold;
    preview.custody = QStringLiteral("patient");
    preview.policy = QStringLiteral("ward-7");
    preview.policyBase = QStringLiteral("safe-harbor");
    preview.policyWeaker = {QStringLiteral("fields.city")};
    preview.network = QStringLiteral("local");
    preview.fee = QStringLiteral("0");
    preview.price = spec.price;
    preview.emergencyAccess = spec.emergencyAccess;
    preview.problems = problems;
    return ready(std::move(preview));
}

ports::Future<ports::JobId> MemoryPublish::start(const ports::PublishSpec &spec)
{
    started.push_back(spec);
    return ready(ports::JobId(QStringLiteral("job-publish")));
}

ports::Future<ports::JobId> MemoryPublish::keep(const QString &dataset)
{
    kept << dataset;
    return ready(ports::JobId(QStringLiteral("job-keep")));
}

ports::Future<ports::CataloguePage> MemoryCatalogue::entries(const ports::CatalogueSearch &search)
{
    searches.push_back(search);
    ports::CataloguePage page;
    const auto fits = [&search](const ports::CatalogueRow &row) {
        return (row.title.contains(search.text, Qt::CaseInsensitive) || row.dataset == search.text)
            && (search.purpose.isEmpty() || row.purposes.contains(search.purpose));
    };
    auto row = rows.begin() + search.after.toInt();
    for (; row != rows.end() && int(page.rows.size()) < search.count; ++row)
        if (fits(*row))
            page.rows.push_back(*row);
    if (std::any_of(row, rows.end(), fits))
        page.next = QString::number(row - rows.begin());
    return ready(std::move(page));
}

ports::Future<ports::RequestDetail> MemoryRequests::detail(const QString &request)
{
    ports::RequestDetail detail;
    bool mine = false;
    for (const auto *list : {&in, &out}) {
        for (const ports::RequestRow &row : *list) {
            if (row.id == request) {
                detail.row = row;
                mine = list == &out;
            }
        }
    }
    using ports::RequestAction;
    const bool care = detail.row.purpose == QLatin1String("DUO:0000043");
    detail.pastRequests = 2;
    detail.records = 3;
    detail.subjects = 2;
    detail.bytes = 184320;
    detail.cid = kCid;
    detail.removed = {{QStringLiteral("NAME"), 41}, {QStringLiteral("DATE"), 87}};
    detail.policy = QStringLiteral("ward-7");
    detail.policyBase = QStringLiteral("safe-harbor");
    detail.policyWeaker = {QStringLiteral("fields.city")};
    detail.message = QStringLiteral("Study of night-time hypoglycaemia, ethics no. 2026-041; three colleagues of our group "
                                    "will work with the data.");
    detail.purposeFits = true;
    detail.careAllowed = care;
    detail.consequences = {{QStringLiteral("canOpen"), QStringLiteral("2"), QStringLiteral("3")},
                           {QStringLiteral("sees"), QString(), care ? QStringLiteral("linked") : QStringLiteral("deidentified")},
                           {QStringLiteral("ends"), QString(), detail.row.until.toString(Qt::ISODate)},
                           {QStringLiteral("cannotRecall"), QString(), detail.row.requester.name}};
    if (detail.row.state == ports::RequestState::Requested) {
        if (mine)
            detail.actions = {{RequestAction::Cancel, {}}};
        else
            detail.actions = {{RequestAction::Approve, {}}, {RequestAction::Return, {}}, {RequestAction::Deny, {}}};
    } else if (detail.row.state == ports::RequestState::Approved) {
        detail.actions = {{mine ? RequestAction::Download : RequestAction::Revoke, {}}};
    }
    detail.payment = payment;
    detail.actions.insert(detail.actions.end(), moneyActions.begin(), moneyActions.end());
    detail.timeline = {{detail.row.created, QStringLiteral("accessRequested"), detail.row.requester, {}}};
    return ready(std::move(detail));
}

ports::Future<QString> MemoryRequests::request(const ports::NewRequest &spec)
{
    if (refuseNext)
        return QtFuture::makeReadyFuture(Result<QString>(fail(*std::exchange(refuseNext, {}))));
    asked.push_back(spec);
    return ready(QStringLiteral("9"));
}

ports::FutureStatus MemoryRequests::note(const QString &what, const QString &request, ports::RequestState state)
{
    if (refuseNext)
        return QtFuture::makeReadyFuture(Status(fail(*std::exchange(refuseNext, {}))));
    calls << what;
    for (auto *list : {&in, &out}) {
        for (ports::RequestRow &row : *list) {
            if (row.id == request) {
                row.state = state;
                row.waitsForMe = false;
            }
        }
    }
    Q_EMIT events.requestsChanged();
    return done();
}

ports::FutureStatus MemoryRequests::approve(const QString &request, unsigned revision, ports::GrantKind kind)
{
    const QString word = kind == ports::GrantKind::Care ? QStringLiteral("care") : QStringLiteral("research");
    return note(QStringLiteral("approve %1 r%2 %3").arg(request).arg(revision).arg(word), request,
                ports::RequestState::Approved);
}

ports::FutureStatus MemoryRequests::returnForChanges(const QString &request, const QString &comment)
{
    return note(QStringLiteral("return %1 %2").arg(request, comment), request, ports::RequestState::Returned);
}

ports::FutureStatus MemoryRequests::deny(const QString &request, const QString &reason)
{
    return note(QStringLiteral("deny %1 %2").arg(request, reason), request, ports::RequestState::Denied);
}

ports::FutureStatus MemoryRequests::revoke(const QString &request)
{
    return note(QStringLiteral("revoke %1").arg(request), request, ports::RequestState::Revoked);
}

ports::FutureStatus MemoryRequests::cancel(const QString &request)
{
    return note(QStringLiteral("cancel %1").arg(request), request, ports::RequestState::Cancelled);
}

ports::FutureStatus MemoryRequests::money(const QString &request, ports::RequestAction step, const QString &reason)
{
    static const std::map<ports::RequestAction, QString> kWords{{ports::RequestAction::Pay, QStringLiteral("pay")},
                                                                {ports::RequestAction::Accept, QStringLiteral("accept")},
                                                                {ports::RequestAction::Refund, QStringLiteral("refund")},
                                                                {ports::RequestAction::Dispute, QStringLiteral("dispute")}};
    return note(QStringLiteral("%1 %2 %3").arg(kWords.at(step), request, reason).trimmed(), request,
                ports::RequestState::Requested);
}

ports::Future<ports::JobId> MemoryDownloads::start(const QString &request, const QString &folder)
{
    started << request + QLatin1Char(' ') + folder;
    return ready(ports::JobId(QStringLiteral("job-download")));
}

ports::FutureStatus MemoryJobs::set(const ports::JobId &job, ports::JobState state)
{
    for (ports::JobRow &row : list) {
        if (row.id == job)
            row.state = state;
    }
    Q_EMIT events.jobChanged(job);
    return done();
}

ports::FutureStatus MemoryMembers::enrol(const ports::Enrolment &spec)
{
    enrolled.push_back(spec);
    return done();
}

namespace {

void fillReview(MemoryReview &review)
{
    using records::Decision;
    MemoryReview::Draft &draft = review.add(QStringLiteral("d1"), QStringLiteral("Glucose and notes, spring 2026"));
    auto note = MemoryReview::note("DocumentReference[0].content[0].attachment.data",
                                   "Discharge summary\nMrs Eleanor Whitcombe, 64, was seen on 12 March 2026 by Dr Kim "
                                   "Min-jun in the diabetes clinic of Riverside Hospital. Her daughter Rose phones "
                                   "555-0142 on weekends. HbA1c 7.2 %, basal insulin raised to 18 units. Eleanor "
                                   "walks two kilometres every morning near Kingsbridge.");
    MemoryReview::mark(note, "Eleanor Whitcombe", "Martha Dunn", "NAME", 0.99, Decision::Accepted);
    MemoryReview::mark(note, "64", "6x", "AGE", 0.52, Decision::Proposed);
    MemoryReview::mark(note, "12 March 2026", "3 January 2026", "DATE", 1, Decision::Accepted, "rule.date.text");
    MemoryReview::mark(note, "Kim Min-jun", "Han Seo-yeon", "NAME", 0.97, Decision::Accepted);
    MemoryReview::mark(note, "Riverside Hospital", "[HOSPITAL]", "HOSPITAL", 0.71, Decision::Proposed);
    MemoryReview::mark(note, "Rose", "Ann", "NAME", 0.43, Decision::Proposed);
    MemoryReview::mark(note, "555-0142", "555-0917", "PHONE", 1, Decision::Accepted, "rule.phone");
    MemoryReview::mark(note, "two kilometres", "[LOCATION]", "LOCATION", 0.38, Decision::Rejected);
    MemoryReview::mark(note, "Kingsbridge", "[LOCATION]", "LOCATION", 0.66, Decision::Proposed);
    MemoryReview::Field name;
    name.field = {"Patient[0].name[0].family", records::FieldKind::PatientName, "Whitcombe", "Patient.name.family"};
    MemoryReview::mark(name, "Whitcombe", "Dunn", "FIELD", 1, Decision::Accepted, "field.patientName");
    MemoryReview::Field code;
    code.field = {"Observation[0].code.coding[0].code", records::FieldKind::Code, "4548-4", "Observation.code.coding.code"};
    MemoryReview::Document first{QStringLiteral("a"), QStringLiteral("whitcombe-bundle.json"), QStringLiteral("E. Whitcombe"),
                                 {{name, code, note}, {}}, {}, {}};
    first.state.sample.push_back({QStringLiteral("s1"), "DocumentReference[0].content[0].attachment.data", {197, 258}, false});
    auto korean = MemoryReview::note("text",
                                     "퇴원 요약: 홍길동 님은 2026년 3월 12일 인제병원 내분비내과에 내원하였다. "
                                     "당화혈색소 7.2 %, 기저 인슐린 18단위로 증량. 보호자 이영희 연락처 010-1234-5678.");
    MemoryReview::mark(korean, "홍길동", "김민수", "NAME", 0.98, Decision::Accepted);
    MemoryReview::mark(korean, "인제병원", "[병원]", "HOSPITAL", 0.62, Decision::Proposed);
    MemoryReview::mark(korean, "이영희", "박지은", "NAME", 0.55, Decision::Proposed);
    MemoryReview::Document second{QStringLiteral("b"), QStringLiteral("퇴원요약.txt"), QStringLiteral("홍길동"),
                                  {{korean}, {}}, {}, {}};
    draft.documents = {first, second};
}

void fillSharing(MemoryPorts &p)
{
    const ports::Party lee = party(QStringLiteral("Dr Lee Soo-ah"), kLee, QStringLiteral("Busan Research Institute"));
    const ports::Party park = party(QStringLiteral("Dr Park Ji-woo"), kPark, QStringLiteral("Seoul Clinic"));
    p.requests.in = {requestRow(QStringLiteral("7"), lee, QStringLiteral("DUO:0000006"), ports::RequestState::Requested),
                     requestRow(QStringLiteral("6"), park, QStringLiteral("DUO:0000043"), ports::RequestState::Requested),
                     requestRow(QStringLiteral("5"), lee, QStringLiteral("DUO:0000042"), ports::RequestState::Approved)};
    p.requests.out = {requestRow(QStringLiteral("4"), party(QStringLiteral("Kim"), kKim, QStringLiteral("Inje Hospital")),
                                 QStringLiteral("DUO:0000006"), ports::RequestState::Approved)};
    ports::CatalogueRow entry;
    entry.dataset = QStringLiteral("1");
    entry.kind = QStringLiteral("dataset");
    entry.title = QStringLiteral("Glucose and notes, spring 2026");
    entry.owner = party(QStringLiteral("Dr Kim Min-jun"), kKim, QStringLiteral("Inje Hospital"));
    entry.records = QStringLiteral("43");
    entry.subjects = QStringLiteral("<11");
    entry.purposes = {QStringLiteral("DUO:0000006"), QStringLiteral("DUO:0000043"), QStringLiteral("DUO:0000018")};
    entry.conditions = {QStringLiteral("DUO:0000018")};
    entry.custody = QStringLiteral("patient");
    entry.published = at(3);
    entry.cid = kCid;
    p.catalogue.rows = {entry};
    entry.dataset = QStringLiteral("2");
    entry.title = QStringLiteral("Blood pressure at home");
    entry.purposes = {QStringLiteral("DUO:0000042")};
    entry.custody = QStringLiteral("institution");
    p.catalogue.rows.push_back(entry);
    ports::PublishedRow published;
    published.dataset = QStringLiteral("1");
    published.title = p.catalogue.rows[0].title;
    published.cid = kCid;
    published.transaction = QStringLiteral("0x9fc76417374aa880d4449a1f7f31ec597f00b1f6f3dd2d66f4c9c6c445836d8b");
    published.when = at(3);
    published.openRequests = 2;
    published.grants = 1;
    published.storedHere = ports::Truth::Proved;
    published.foundByOthers = ports::Truth::OnlyThisComputer;
    published.keptByOthers = ports::Truth::OnlyThisComputer;
    p.publish.rows = {published};
    published.dataset = QStringLiteral("3");
    published.title = QStringLiteral("Blood pressure at home");
    published.foundByOthers = ports::Truth::Proved;
    published.foundBy = QStringLiteral("university");
    published.foundAt = at(2);
    published.keptByOthers = ports::Truth::NotProved;
    published.keeping = {{QStringLiteral("university"), 2, 2, at(2), {}},
                         {QStringLiteral("archive"), 0, 1, {}, std::make_shared<const Error>(ErrorCode::IpfsUnreachable)}};
    p.publish.rows.push_back(published);
    ports::DownloadRow download;
    download.request = QStringLiteral("4");
    download.title = published.title;
    download.until = QDateTime(QDate(2027, 6, 30), QTime(14, 59, 59), Qt::UTC);
    download.bytes = 184320;
    using ports::StepState;
    download.steps = {{QStringLiteral("grant"), StepState::Done, {}},
                      {QStringLiteral("fetch"), StepState::Done, {}},
                      {QStringLiteral("verify"), StepState::Failed,
                       std::make_shared<const Error>(Error(ErrorCode::BlockAltered, {{"cid", kCid.toStdString()}}))},
                      {QStringLiteral("unwrap"), StepState::Waiting, {}},
                      {QStringLiteral("open"), StepState::Waiting, {}}};
    p.downloads.list = {download};
    p.audit.list = {{at(1), QStringLiteral("accessRequested"), lee, QStringLiteral("1"), published.title, QStringLiteral("7"),
                     published.transaction, 42},
                    {at(3), QStringLiteral("datasetPublished"), entry.owner, QStringLiteral("1"), published.title, {},
                     published.transaction, 17},
                    {at(9), QStringLiteral("memberSet"), park, {}, {}, {}, published.transaction, 3}};
    p.members.rows = {{entry.owner, 1, ports::RoleUploader | ports::RoleAdministrator, {}, 1, false},
                      {lee, 2, ports::RoleResearcher, at(-400), 1, false},
                      {park, 2, ports::RoleUploader, at(-400), 0, true}};
    p.members.places = {{1, QStringLiteral("Inje Hospital"), entry.owner, true},
                        {2, QStringLiteral("Busan Research Institute"), lee, true}};
    p.members.others = {{QStringLiteral("Patient Hong"), ports::ProfileRole::Patient, kPark, QStringLiteral("0000"), at(1)}};
}

} // namespace

void MemoryPorts::fill()
{
    session.info.open = true;
    session.info.profile = {QStringLiteral("Dr Kim Min-jun"), ports::ProfileRole::Clinician, kKim,
                            QStringLiteral("4F2A 91C0 77DE 05B3"), at(9)};
    session.info.roles = ports::RoleUploader | ports::RoleAdministrator;
    session.info.institution = QStringLiteral("Inje Hospital");
    session.info.roleValid = true;
    session.info.network.state = ports::NetworkState::Online;
    session.known = {session.info.profile};
    library.rows = {
        documentRow(QStringLiteral("a"), QStringLiteral("whitcombe-bundle.json"), QStringLiteral("fhir.bundle"),
                    QStringLiteral("E. Whitcombe"), 148213, ports::Phase::InReview),
        documentRow(QStringLiteral("b"), QStringLiteral("퇴원요약.txt"), QStringLiteral("text.note"), QStringLiteral("홍길동"),
                    1204, ports::Phase::InReview),
        documentRow(QStringLiteral("c"), QStringLiteral("glucose-march.csv"), QStringLiteral("csv.device"),
                    QStringLiteral("E. Whitcombe"), 34903, ports::Phase::Published),
        documentRow(QStringLiteral("e"), QStringLiteral("patients.ndjson"), QStringLiteral("fhir.ndjson"), QString(), 9481204,
                    ports::Phase::Imported)};
    library.bad = {{QStringLiteral("q1"), QStringLiteral("broken.json"), QStringLiteral("byte 4,096"),
                    Error(ErrorCode::FormatTruncated, {{"path", "broken.json"}}), at(2)},
                   {QStringLiteral("q2"), QStringLiteral("empty.csv"), QString(),
                    Error(ErrorCode::FormatEmpty, {{"path", "empty.csv"}}), at(2)}};
    fillReview(review);
    MemoryReview::Draft &finished = review.add(QStringLiteral("d2"), QStringLiteral("Blood pressure at home"));
    finished.row.state = ports::DraftState::Finished;
    fillSharing(*this);
    ports::JobRow import;
    import.id = QStringLiteral("job-import");
    import.kind = QStringLiteral("import");
    import.title = QStringLiteral("sample");
    import.stage = QStringLiteral("read");
    import.stageIndex = 2;
    import.stages = 3;
    import.done = 17;
    import.total = 43;
    import.unit = QStringLiteral("files");
    import.rate = 6.5;
    import.state = ports::JobState::Running;
    import.started = QDateTime::currentDateTimeUtc().addSecs(-8);
    import.canPause = true;
    ports::JobRow failed = import;
    failed.id = QStringLiteral("job-publish");
    failed.kind = QStringLiteral("publish");
    failed.title = QStringLiteral("Blood pressure at home");
    failed.stage = QStringLiteral("register");
    failed.state = ports::JobState::Failed;
    failed.error = std::make_shared<const Error>(Error(ErrorCode::ChainUnreachable, {{"url", "http://127.0.0.1:8545"}}));
    jobs.list = {import, failed};
}

} // namespace amana::test
