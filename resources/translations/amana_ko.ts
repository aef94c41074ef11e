<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>amana::ui::AuditPane</name>
    <message>
        <source>Audit</source>
        <translation>감사</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>일어난 일</translation>
    </message>
    <message>
        <source>Search people, datasets, numbers</source>
        <translation>사람, 데이터셋, 번호 검색</translation>
    </message>
    <message>
        <source>When</source>
        <translation>언제</translation>
    </message>
    <message>
        <source>What</source>
        <translation>무엇</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>누가</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>요청</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>블록</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>트랜잭션</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>다시 읽기</translation>
    </message>
</context>
<context>
    <name>amana::ui::CataloguePane</name>
    <message>
        <source>Catalogue</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>Conditions that you will meet</source>
        <translation>지킬 조건</translation>
    </message>
    <message>
        <source>Ask for access</source>
        <translation>접근 요청</translation>
    </message>
    <message>
        <source>Read the chain again</source>
        <translation>체인 다시 읽기</translation>
    </message>
    <message>
        <source>Search the catalogue</source>
        <translation>목록 검색</translation>
    </message>
    <message>
        <source>Filter by purpose</source>
        <translation>목적으로 거르기</translation>
    </message>
    <message>
        <source>Any purpose</source>
        <translation>모든 목적</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>(single patient)</source>
        <translation>(환자 한 명)</translation>
    </message>
    <message>
        <source>From</source>
        <translation>제공자</translation>
    </message>
    <message>
        <source>People</source>
        <translation>인원</translation>
    </message>
    <message>
        <source>Who decides</source>
        <translation>결정권자</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>게시일</translation>
    </message>
    <message>
        <source>Nothing here yet. Published datasets that may be asked for appear in this list.</source>
        <translation>아직 아무것도 없습니다. 요청할 수 있는 게시된 데이터셋이 이 목록에 나타납니다.</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Permitted</source>
        <translation>허용된 목적</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>가격</translation>
    </message>
    <message>
        <source>CID</source>
        <translation>CID</translation>
    </message>
    <message>
        <source>My request</source>
        <translation>내 요청</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>목적</translation>
    </message>
    <message>
        <source>Until the end of</source>
        <translation>마지막 날</translation>
    </message>
    <message>
        <source>What for (encrypted to those who decide)</source>
        <translation>사용 목적 (결정권자에게 암호화됨)</translation>
    </message>
    <message>
        <source>Study, ethics number, who will work with the data</source>
        <translation>연구 이름, 윤리 승인 번호, 데이터를 다룰 사람</translation>
    </message>
    <message>
        <source>Choose a dataset and say what for</source>
        <translation>데이터셋을 고르고 사용 목적을 적으세요</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>person, institution</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Not told for a single patient</source>
        <translation>환자가 한 명이면 밝히지 않음</translation>
    </message>
    <message>
        <source>%1 records of %2 people</source>
        <translation>%2명의 기록 %1건</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>무료</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>No. %1</source>
        <translation>%1번</translation>
    </message>
    <message>
        <source>Sending the request…</source>
        <translation>요청을 보내는 중…</translation>
    </message>
    <message>
        <source>Request no. %1 was sent. You see its state under Requests.</source>
        <translation>%1번 요청을 보냈습니다. 상태는 요청 화면에서 볼 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>amana::ui::ConsequencesView</name>
    <message>
        <source>What goes out</source>
        <translation>나가는 것</translation>
    </message>
    <message>
        <source>Title shown</source>
        <translation>보이는 제목</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>제거됨</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>표본 확인</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>Who decides and who can open it</source>
        <translation>결정하는 사람과 열 수 있는 사람</translation>
    </message>
    <message>
        <source>Custodians</source>
        <translation>관리인</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>You</source>
        <translation>본인</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>어디로</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>네트워크</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>수수료</translation>
    </message>
    <message>
        <source>Cannot be undone</source>
        <translation>되돌릴 수 없는 것</translation>
    </message>
    <message>
        <source>The entry in the registry stays for ever. Encrypted copies that others fetched cannot be called back. Who was given a key can open what they have; revoking stops new keys only.</source>
        <translation>등록부의 항목은 영원히 남습니다. 다른 사람이 받아 간 암호화된 사본은 회수할 수 없습니다. 키를 받은 사람은 가지고 있는 것을 계속 열 수 있으며, 철회는 새 키의 발급만 막습니다.</translation>
    </message>
    <message>
        <source>%1 documents of %2 people in %3 parts, %4 before sealing</source>
        <translation>%2명의 문서 %1건, 부분 %3개, 봉인 전 %4</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>A random sample of unmarked text was looked at.</source>
        <translation>표시되지 않은 글에서 무작위로 뽑은 표본을 확인했습니다.</translation>
    </message>
    <message>
        <source>Not sampled: the policy asks for no sample.</source>
        <translation>표본 확인 안 함: 정책이 요구하지 않습니다.</translation>
    </message>
    <message>
        <source>%1 of %2 must agree. This is a rule of the contract: each custodian alone holds the key.</source>
        <translation>%2명 중 %1명이 동의해야 합니다. 이것은 계약의 규칙이며, 관리인은 각자 키를 가지고 있습니다.</translation>
    </message>
    <message>
        <source>You can open it later, because your institution is a custodian.</source>
        <translation>소속 기관이 관리인이므로 나중에 열 수 있습니다.</translation>
    </message>
    <message>
        <source>You cannot open it later from the network; your originals stay in your library.</source>
        <translation>나중에 네트워크에서 열 수 없습니다. 원본은 보관함에 그대로 남습니다.</translation>
    </message>
    <message>
        <source>This computer only: a network for trial, no other machine takes part.</source>
        <translation>이 컴퓨터에서만: 시험용 네트워크이며 다른 컴퓨터는 참여하지 않습니다.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Emergencies</source>
        <translation>비상 접근</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>가격</translation>
    </message>
    <message>
        <source>A member with that role may be served for 24 hours without a yes; an auditor reviews it. The keys still come from somebody who holds them.</source>
        <translation>그 역할을 가진 구성원은 승인 없이 24시간 동안 제공받을 수 있고, 감사자가 검토합니다. 키는 여전히 키를 가진 사람에게서 받아야 합니다.</translation>
    </message>
    <message>
        <source>Not permitted</source>
        <translation>허용 안 함</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>무료</translation>
    </message>
    <message>
        <source>%1 for each request, held by the contract until the buyer accepts, or 3 days after delivery; without delivery it goes back after 7 days. %2 decides disputes.</source>
        <translation>요청마다 %1. 구매자가 수락하거나 전달 후 3일이 지날 때까지 계약이 보관하고, 전달되지 않으면 7일 뒤 돌려받을 수 있습니다. 분쟁은 %2이(가) 판정합니다.</translation>
    </message>
</context>
<context>
    <name>amana::ui::DownloadsPane</name>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>열림</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>종료됨</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>내려받기</translation>
    </message>
    <message>
        <source>Go to the Catalogue</source>
        <translation>목록으로 가기</translation>
    </message>
    <message>
        <source>Nothing to download yet. When a request of yours is approved, its data can be fetched and opened here.</source>
        <translation>아직 내려받을 것이 없습니다. 내 요청이 승인되면 여기에서 데이터를 받아 열 수 있습니다.</translation>
    </message>
    <message>
        <source>Download and open…</source>
        <translation>내려받아 열기…</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>폴더 보기</translation>
    </message>
    <message>
        <source>Folder for the opened files</source>
        <translation>열린 파일을 둘 폴더</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>요청</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>기한</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>접근 권한</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Care: with the true name and dates</source>
        <translation>진료용: 실제 이름과 날짜 포함</translation>
    </message>
    <message>
        <source>Research: de-identified, without the true name and dates</source>
        <translation>연구용: 비식별화됨, 실제 이름과 날짜 없음</translation>
    </message>
    <message>
        <source>%1, end of that day</source>
        <translation>%1 하루가 끝날 때까지</translation>
    </message>
    <message>
        <source>Not opened yet</source>
        <translation>아직 열지 않음</translation>
    </message>
</context>
<context>
    <name>amana::ui::EmergencyMeaning</name>
    <message>
        <source>Emergency access</source>
        <translation>비상 접근</translation>
    </message>
    <message>
        <source>A member with the emergency role may be served a dataset that permits it for 24 hours, without a custodian&apos;s yes. Everybody who decides on the dataset, and every auditor, is told here.</source>
        <translation>비상 역할을 가진 구성원은 이를 허용한 데이터셋를 관리인의 승인 없이 24시간 동안 제공받을 수 있습니다. 데이터셋를 결정하는 모든 사람과 모든 감사자에게 여기에서 알립니다.</translation>
    </message>
    <message>
        <source>The contract gives no key. Somebody who holds the keys, a custodian or the institution that published the dataset, hands them over with “amana emergency-keys”. Who received keys can open those data for ever.</source>
        <translation>계약은 키를 주지 않습니다. 키를 가진 관리인이나 데이터셋를 게시한 기관이 “amana emergency-keys”로 넘겨줍니다. 키를 받은 사람은 그 데이터를 언제까지나 열 수 있습니다.</translation>
    </message>
    <message>
        <source>An auditor, and never the person who declared it, must review each emergency with “amana review-emergency”. A fifth one is refused while four wait for their review.</source>
        <translation>감사자가 “amana review-emergency”로 비상 접근을 하나하나 검토해야 하며, 선언한 사람은 검토할 수 없습니다. 네 건이 검토를 기다리는 동안 다섯 번째는 거부됩니다.</translation>
    </message>
</context>
<context>
    <name>amana::ui::EmergencyView</name>
    <message>
        <source>Who</source>
        <translation>누가</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>기한</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Emergencies</source>
        <translation>비상 접근</translation>
    </message>
</context>
<context>
    <name>amana::ui::EnrolForm</name>
    <message>
        <source>Roles</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Profile of this computer</source>
        <translation>이 컴퓨터의 프로필</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>기관</translation>
    </message>
    <message>
        <source>Until the end of</source>
        <translation>마지막 날</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>다른 사람</translation>
    </message>
    <message>
        <source>No. %1</source>
        <translation>%1번</translation>
    </message>
</context>
<context>
    <name>amana::ui::ImportPane</name>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Files…</source>
        <translation>파일…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>폴더…</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>예제 써 보기</translation>
    </message>
    <message>
        <source>Show in the Library</source>
        <translation>보관함에서 보기</translation>
    </message>
    <message>
        <source>Cancel import</source>
        <translation>가져오기 취소</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>파일 고르기</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>폴더 고르기</translation>
    </message>
    <message>
        <source>Drop files or folders here</source>
        <translation>파일이나 폴더를 여기에 놓으세요</translation>
    </message>
    <message>
        <source>FHIR bundles and NDJSON, plain-text notes, glucose and blood pressure readings (CSV). The format is recognised by content. Files are copied encrypted; the originals stay where they are, unencrypted and unchanged.</source>
        <translation>FHIR 번들과 NDJSON, 일반 텍스트 기록, 혈당·혈압 측정값(CSV). 형식은 내용으로 알아냅니다. 파일은 암호화하여 복사하며, 원본은 제자리에 암호화되지 않은 채 그대로 남습니다.</translation>
    </message>
    <message>
        <source>This import</source>
        <translation>이번 가져오기</translation>
    </message>
    <message>
        <source>Import progress</source>
        <translation>가져오기 진행 상황</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>할 일</translation>
    </message>
    <message>
        <source>Files that need you</source>
        <translation>확인이 필요한 파일</translation>
    </message>
    <message>
        <source>%1 found: %2 imported, %3 already here, %4 need you.</source>
        <translation>%1개 발견: %2개 가져옴, %3개는 이미 있음, %4개는 확인 필요.</translation>
    </message>
</context>
<context>
    <name>amana::ui::Jobs</name>
    <message numerus="yes">
        <source>%n s left</source>
        <comment>seconds</comment>
        <translation>
            <numerusform>%n초 남음</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min left</source>
        <comment>minutes</comment>
        <translation>
            <numerusform>%n분 남음</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2: %3</source>
        <comment>stage number, stages, name</comment>
        <translation>%2단계 중 %1: %3</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>amount done, amount in all</comment>
        <translation>%2 중 %1</translation>
    </message>
    <message>
        <source>%1/s</source>
        <comment>amount a second</comment>
        <translation>초당 %1</translation>
    </message>
    <message>
        <source>Waiting</source>
        <comment>state of a job</comment>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>Running</source>
        <comment>state of a job</comment>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>Paused</source>
        <comment>state of a job</comment>
        <translation>일시 중지됨</translation>
    </message>
    <message>
        <source>Done</source>
        <comment>state of a job</comment>
        <translation>완료</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>state of a job</comment>
        <translation>실패</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <comment>state of a job</comment>
        <translation>취소됨</translation>
    </message>
</context>
<context>
    <name>amana::ui::JobsPane</name>
    <message>
        <source>Jobs</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>No jobs yet. Imports, reviews, publishing and downloads run here, and go on after a restart.</source>
        <translation>아직 작업이 없습니다. 가져오기, 비식별화, 게시, 내려받기가 여기에서 실행되며 다시 시작해도 이어집니다.</translation>
    </message>
</context>
<context>
    <name>amana::ui::JobsView</name>
    <message>
        <source>Jobs</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 중지</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Cancel job</source>
        <translation>작업 취소</translation>
    </message>
    <message>
        <source>What is already finished stays. The rest is not done.</source>
        <translation>이미 끝난 것은 남습니다. 나머지는 하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>amana::ui::KeysPane</name>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>This profile</source>
        <translation>이 프로필</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>지문</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>기관</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Public value</source>
        <translation>공개 값</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Secret lives in</source>
        <translation>비밀 키 보관 장소</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>Old, kept to open old data</source>
        <translation>예전 키, 옛 데이터를 열기 위해 보관</translation>
    </message>
    <message>
        <source>Copy the public value</source>
        <translation>공개 값 복사</translation>
    </message>
    <message>
        <source>Compare the fingerprint by voice or on paper before you trust somebody. The secret keys never leave their place.</source>
        <translation>상대를 믿기 전에 목소리나 종이로 지문을 비교하세요. 비밀 키는 보관 장소를 떠나지 않습니다.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>name, role</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>No profile is open</source>
        <translation>열린 프로필 없음</translation>
    </message>
    <message>
        <source>Not enrolled yet: ask the administrator</source>
        <translation>아직 등록되지 않음: 관리자에게 문의하세요</translation>
    </message>
</context>
<context>
    <name>amana::ui::LibraryPane</name>
    <message>
        <source>Library</source>
        <translation>보관함</translation>
    </message>
    <message>
        <source>Your records appear here. Import files or a folder; they are copied encrypted, and the originals stay where they are, unchanged.</source>
        <translation>기록이 여기에 나타납니다. 파일이나 폴더를 가져오세요. 암호화하여 복사하며 원본은 제자리에 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>가져오기…</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>예제 써 보기</translation>
    </message>
    <message>
        <source>De-identify…</source>
        <translation>비식별화…</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>가져온 날짜</translation>
    </message>
    <message>
        <source>Phase</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>할 일</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>필드</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Search records</source>
        <translation>기록 검색</translation>
    </message>
    <message>
        <source>Quarantined files</source>
        <translation>격리된 파일</translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation>격리</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Fields of the record</source>
        <translation>기록의 필드</translation>
    </message>
    <message>
        <source>Make a dataset</source>
        <translation>데이터셋 만들기</translation>
    </message>
    <message>
        <source>Title of the dataset</source>
        <translation>데이터셋 제목</translation>
    </message>
    <message>
        <source>No names, please</source>
        <translation>이름은 쓰지 마세요</translation>
    </message>
    <message>
        <source>De-identification policy</source>
        <translation>비식별화 정책</translation>
    </message>
    <message>
        <source>%1 (own)</source>
        <comment>a policy of the user</comment>
        <translation>%1 (직접 만든 정책)</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>Quarantine (%1)</source>
        <translation>격리 (%1)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>rows shown, rows in all</comment>
        <translation>%2 중 %1</translation>
    </message>
    <message numerus="yes">
        <source>De-identify %n record(s)</source>
        <translation>
            <numerusform>기록 %n건 비식별화</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose records and give the dataset a title</source>
        <translation>기록을 고르고 데이터셋 제목을 적으세요</translation>
    </message>
    <message>
        <source>Nobody in particular</source>
        <translation>특정인 없음</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>De-identification has started. What it proposes appears under Review.</source>
        <translation>비식별화를 시작했습니다. 제안된 내용은 검토 화면에 나타납니다.</translation>
    </message>
</context>
<context>
    <name>amana::ui::MainWindow</name>
    <message>
        <source>&amp;Page</source>
        <translation>화면(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>Getting started</source>
        <translation>시작하기</translation>
    </message>
    <message>
        <source>1 Import files. 2 Choose records in the Library and de-identify them. 3 Review what is proposed. 4 Publish. Research staff then ask in the Catalogue; those who decide answer under Requests; Downloads opens what was approved.</source>
        <translation>1 파일을 가져옵니다. 2 보관함에서 기록을 골라 비식별화합니다. 3 제안된 내용을 검토합니다. 4 게시합니다. 그러면 연구자가 목록에서 요청하고, 결정권자가 요청 화면에서 답하며, 승인된 것은 내려받기에서 엽니다.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>가져오기…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>이동(&amp;G)</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>보관함</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>게시</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>요청</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>내려받기</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>키</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>구성원</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>감사</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>Theme: as the system</source>
        <translation>테마: 시스템 설정</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>테마: 밝게</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>테마: 어둡게</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>크게</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>작게</translation>
    </message>
    <message>
        <source>Normal size</source>
        <translation>보통 크기</translation>
    </message>
    <message>
        <source>Next area</source>
        <translation>다음 영역</translation>
    </message>
    <message>
        <source>Previous area</source>
        <translation>이전 영역</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>네트워크(&amp;N)</translation>
    </message>
    <message>
        <source>Start the network of this computer</source>
        <translation>이 컴퓨터의 네트워크 시작</translation>
    </message>
    <message>
        <source>Stop the network of this computer</source>
        <translation>이 컴퓨터의 네트워크 중지</translation>
    </message>
    <message>
        <source>Jobs drawer</source>
        <translation>작업 서랍</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Sharing</source>
        <translation>공유</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>이곳</translation>
    </message>
    <message>
        <source>%1 – Amana</source>
        <translation>%1 – Amana</translation>
    </message>
    <message>
        <source>Close Amana</source>
        <translation>Amana 닫기</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) still run. They are paused and go on when you open Amana again.</source>
        <translation>
            <numerusform>작업 %n개가 아직 진행 중입니다. 일시 중지하고 Amana를 다시 열 때 이어집니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Pause and close</source>
        <translation>일시 중지하고 닫기</translation>
    </message>
</context>
<context>
    <name>amana::ui::MembersPane</name>
    <message>
        <source>Members</source>
        <translation>구성원</translation>
    </message>
    <message>
        <source>Enrol or change</source>
        <translation>등록 또는 변경</translation>
    </message>
    <message>
        <source>Suspend…</source>
        <translation>정지…</translation>
    </message>
    <message>
        <source>Add an institution…</source>
        <translation>기관 추가…</translation>
    </message>
    <message>
        <source>The member is enrolled.</source>
        <translation>구성원을 등록했습니다.</translation>
    </message>
    <message>
        <source>Suspend member</source>
        <translation>구성원 정지</translation>
    </message>
    <message>
        <source>Resume member</source>
        <translation>구성원 정지 해제</translation>
    </message>
    <message>
        <source>%1 can neither publish nor ask nor get keys until resumed.</source>
        <translation>정지를 해제할 때까지 %1 님은 게시, 요청, 키 수령을 할 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 gets back the roles that were given.</source>
        <translation>%1 님이 받은 역할을 되찾습니다.</translation>
    </message>
    <message>
        <source>Suspend</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>The member is suspended.</source>
        <translation>구성원을 정지했습니다.</translation>
    </message>
    <message>
        <source>The member is active again.</source>
        <translation>구성원이 다시 활동할 수 있습니다.</translation>
    </message>
    <message>
        <source>Add an institution</source>
        <translation>기관 추가</translation>
    </message>
    <message>
        <source>Name of the institution. Its administrator is the address in the form.</source>
        <translation>기관의 이름. 관리자는 양식에 적힌 주소입니다.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>The institution is added.</source>
        <translation>기관을 추가했습니다.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>기관</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>역할</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>기한</translation>
    </message>
    <message>
        <source>No end</source>
        <translation>기한 없음</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>키</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>아직 없음</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>버전 %1</translation>
    </message>
    <message>
        <source>%1, revoked</source>
        <translation>%1, 폐기됨</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>정지됨</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>활동 중</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>관리자</translation>
    </message>
    <message>
        <source>Inactive</source>
        <translation>비활동</translation>
    </message>
    <message>
        <source>Institutions</source>
        <translation>기관</translation>
    </message>
    <message>
        <source>Enrol or change a member</source>
        <translation>구성원 등록 또는 변경</translation>
    </message>
    <message>
        <source>Only an administrator of the institution can change its members; the contract refuses everybody else.</source>
        <translation>기관의 관리자만 구성원을 바꿀 수 있습니다. 다른 사람은 계약이 거부합니다.</translation>
    </message>
    <message>
        <source>Resume…</source>
        <translation>정지 해제…</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>보내는 중…</translation>
    </message>
</context>
<context>
    <name>amana::ui::MessageBar</name>
    <message>
        <source>Copy details</source>
        <translation>자세한 내용 복사</translation>
    </message>
    <message>
        <source>Close message</source>
        <translation>메시지 닫기</translation>
    </message>
</context>
<context>
    <name>amana::ui::PassphraseFields</name>
    <message>
        <source>This computer has no usable keychain. Choose a passphrase of at least 10 characters; it protects your keys in a file.</source>
        <translation>이 컴퓨터에는 사용할 수 있는 키체인이 없습니다. 10자 이상의 암호를 정하세요. 이 암호가 파일에 든 키를 보호합니다.</translation>
    </message>
    <message>
        <source>The keys of this profile are protected by a passphrase.</source>
        <translation>이 프로필의 키는 암호로 보호됩니다.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>암호</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>한 번 더</translation>
    </message>
</context>
<context>
    <name>amana::ui::PhaseBar</name>
    <message>
        <source>Imported</source>
        <translation>가져옴</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>검토 중</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>검토함</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>봉인함</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>게시됨</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>공유함</translation>
    </message>
    <message>
        <source>Phase: %1</source>
        <translation>단계: %1</translation>
    </message>
</context>
<context>
    <name>amana::ui::PhraseView</name>
    <message>
        <source>Recovery phrase: shown on screen only, not read aloud</source>
        <translation>복구 문구: 화면에만 보이며 소리 내어 읽지 않음</translation>
    </message>
</context>
<context>
    <name>amana::ui::PublishPane</name>
    <message>
        <source>Everybody who keeps copies is asked. Jobs shows how far it is.</source>
        <translation>사본을 맡은 모든 곳에 묻는 중입니다. 진행 상황은 작업에서 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>게시</translation>
    </message>
    <message>
        <source>Seal and publish</source>
        <translation>봉인하고 게시</translation>
    </message>
    <message>
        <source>New</source>
        <translation>새로 게시</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>게시됨</translation>
    </message>
    <message>
        <source>Go to Review</source>
        <translation>검토로 가기</translation>
    </message>
    <message>
        <source>No dataset is ready. Finish a review first; then you see here what would go out, to whom, and what cannot be undone.</source>
        <translation>준비된 데이터셋이 없습니다. 먼저 검토를 끝내세요. 그러면 무엇이 누구에게 나가는지, 무엇을 되돌릴 수 없는지 여기에서 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Separated by commas</source>
        <translation>쉼표로 구분</translation>
    </message>
    <message>
        <source>Who decides on requests</source>
        <translation>요청을 결정할 사람</translation>
    </message>
    <message>
        <source>Purposes that may be named</source>
        <translation>허용할 목적</translation>
    </message>
    <message>
        <source>Reviewed dataset</source>
        <translation>검토를 마친 데이터셋</translation>
    </message>
    <message>
        <source>Public title</source>
        <translation>공개 제목</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>핵심어</translation>
    </message>
    <message>
        <source>How many must agree</source>
        <translation>필요한 동의 수</translation>
    </message>
    <message>
        <source>My institution</source>
        <translation>소속 기관</translation>
    </message>
    <message>
        <source>%1 (no key yet)</source>
        <translation>%1 (아직 키 없음)</translation>
    </message>
    <message>
        <source>Give a title, and choose at least one custodian and one purpose.</source>
        <translation>제목을 적고 관리인과 목적을 하나 이상 고르세요.</translation>
    </message>
    <message>
        <source>Working out the consequences…</source>
        <translation>결과를 알아보는 중…</translation>
    </message>
    <message numerus="yes">
        <source>Seal and publish %n record(s)</source>
        <translation>
            <numerusform>기록 %n건 봉인하고 게시</numerusform>
        </translation>
    </message>
    <message>
        <source>Not possible yet: see the reasons above.</source>
        <translation>아직 할 수 없습니다. 위의 이유를 보세요.</translation>
    </message>
    <message>
        <source>Please read the consequences. The button is ready in 3 seconds.</source>
        <translation>결과를 읽어 주세요. 버튼은 3초 뒤에 준비됩니다.</translation>
    </message>
    <message>
        <source>Publishing has started. It continues in the background; Jobs shows how far it is.</source>
        <translation>게시를 시작했습니다. 뒤에서 계속되며 진행 상황은 작업 화면에서 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Free, or for example 5 AMC</source>
        <translation>무료, 또는 예를 들어 5 AMC</translation>
    </message>
    <message>
        <source>Permit emergency access (24 hours, reviewed afterwards)</source>
        <translation>비상 접근 허용(24시간, 나중에 검토)</translation>
    </message>
    <message>
        <source>Price of one request</source>
        <translation>요청 한 건의 가격</translation>
    </message>
    <message>
        <source>Who decides disputes about money</source>
        <translation>돈에 관한 분쟁을 판정할 사람</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>아직 없음</translation>
    </message>
</context>
<context>
    <name>amana::ui::PublishedView</name>
    <message>
        <source>Check and send again</source>
        <translation>확인하고 다시 보내기</translation>
    </message>
    <message>
        <source>Asks everybody who keeps copies, and gives what is missing</source>
        <translation>사본을 맡은 모든 곳에 묻고 빠진 것을 보냅니다</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>who found it, when</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>It can take minutes until other nodes know of it.</source>
        <translation>다른 노드가 알게 되기까지 몇 분이 걸릴 수 있습니다.</translation>
    </message>
    <message>
        <source>%1: %2 of %3 copies</source>
        <comment>who keeps them, how many, of how many</comment>
        <translation>%1: 사본 %3개 중 %2개</translation>
    </message>
    <message>
        <source>Only on this computer</source>
        <translation>이 컴퓨터에만 있음</translation>
    </message>
    <message>
        <source>Published datasets</source>
        <translation>게시된 데이터셋</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>게시됨</translation>
    </message>
    <message>
        <source>Requests open</source>
        <translation>열린 요청</translation>
    </message>
    <message>
        <source>Can open</source>
        <translation>열 수 있는 사람</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>철회됨</translation>
    </message>
    <message>
        <source>Three truths</source>
        <translation>세 가지 사실</translation>
    </message>
    <message>
        <source>CID</source>
        <translation>CID</translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation>트랜잭션</translation>
    </message>
    <message>
        <source>Stored on this computer</source>
        <translation>이 컴퓨터에 저장됨</translation>
    </message>
    <message>
        <source>Not stored here</source>
        <translation>여기에 저장되지 않음</translation>
    </message>
    <message>
        <source>Found by another node</source>
        <translation>다른 노드가 찾음</translation>
    </message>
    <message>
        <source>Not found by others yet</source>
        <translation>아직 다른 노드가 찾지 못함</translation>
    </message>
    <message>
        <source>Kept by others</source>
        <translation>다른 곳에서 보관함</translation>
    </message>
    <message>
        <source>Not kept by others yet</source>
        <translation>아직 다른 곳에서 보관하지 않음</translation>
    </message>
</context>
<context>
    <name>amana::ui::RequestDetailView</name>
    <message>
        <source>Who</source>
        <translation>누가</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>What</source>
        <translation>무엇</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>제거됨</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>CID</source>
        <translation>CID</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>왜</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>목적</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Until when</source>
        <translation>언제까지</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Consequences</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>What happened so far</source>
        <translation>지금까지 일어난 일</translation>
    </message>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n명</numerusform>
        </translation>
    </message>
    <message>
        <source>Copies of %1</source>
        <translation>%1의 사본</translation>
    </message>
    <message>
        <source>%1 asks for “%2”</source>
        <translation>%1 님이 “%2”을(를) 요청합니다</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>person, institution</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Not checked by you yet</source>
        <translation>아직 직접 확인하지 않음</translation>
    </message>
    <message>
        <source>Verified by you on %1</source>
        <translation>%1에 직접 확인함</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) before this one</source>
        <translation>
            <numerusform>이전 요청 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 documents of %2 people, %3</source>
        <translation>%2명의 문서 %1건, %3</translation>
    </message>
    <message>
        <source>The report is not at hand here</source>
        <translation>보고서가 이곳에 없습니다</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>purpose, code</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Undertakes</source>
        <translation>지키기로 한 조건</translation>
    </message>
    <message>
        <source>No conditions</source>
        <translation>조건 없음</translation>
    </message>
    <message>
        <source>Fits what the dataset permits</source>
        <translation>데이터셋이 허용하는 목적에 맞음</translation>
    </message>
    <message>
        <source>Does not fit what the dataset permits</source>
        <translation>데이터셋이 허용하는 목적에 맞지 않음</translation>
    </message>
    <message>
        <source>Encrypted; not for you</source>
        <translation>암호화됨; 받는 사람이 아님</translation>
    </message>
    <message>
        <source>%1, end of that day</source>
        <translation>%1 하루가 끝날 때까지</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>After approval</source>
        <translation>승인 후</translation>
    </message>
    <message>
        <source>%1: now %2, after approval %3</source>
        <translation>%1: 지금 %2, 승인 후 %3</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <comment>time, event, person</comment>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>가격</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>지불</translation>
    </message>
    <message>
        <source>Disputes</source>
        <translation>분쟁</translation>
    </message>
    <message>
        <source>Disputed because: %1</source>
        <translation>분쟁 이유: %1</translation>
    </message>
    <message>
        <source>Without delivery it can be taken back from %1 on.</source>
        <translation>전달되지 않으면 %1부터 돌려받을 수 있습니다.</translation>
    </message>
    <message>
        <source>Without a dispute the sellers can be paid from %1 on.</source>
        <translation>분쟁이 없으면 %1부터 판매자에게 지급될 수 있습니다.</translation>
    </message>
    <message>
        <source>Without a decision it can go back from %1 on.</source>
        <translation>판정이 없으면 %1부터 돌려받을 수 있습니다.</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <comment>state, deadline</comment>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1 decides them</source>
        <translation>%1이(가) 판정</translation>
    </message>
</context>
<context>
    <name>amana::ui::RequestsPane</name>
    <message>
        <source>Requests</source>
        <translation>요청</translation>
    </message>
    <message>
        <source>Approve for research</source>
        <translation>연구용으로 승인</translation>
    </message>
    <message>
        <source>Approve as care</source>
        <translation>진료용으로 승인</translation>
    </message>
    <message>
        <source>Return for changes…</source>
        <translation>수정 요청…</translation>
    </message>
    <message>
        <source>Return for changes</source>
        <translation>수정 요청</translation>
    </message>
    <message>
        <source>What should be changed?</source>
        <translation>무엇을 고쳐야 합니까?</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>돌려보내기</translation>
    </message>
    <message>
        <source>Decline…</source>
        <translation>거절…</translation>
    </message>
    <message>
        <source>Decline request</source>
        <translation>요청 거절</translation>
    </message>
    <message>
        <source>Why is it declined? The applicant reads this.</source>
        <translation>왜 거절합니까? 신청자가 읽습니다.</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Revoke access…</source>
        <translation>접근 철회…</translation>
    </message>
    <message>
        <source>Revoke access</source>
        <translation>접근 철회</translation>
    </message>
    <message>
        <source>No new key is given from now on, and this program serves and opens nothing more under this request. Copies that were already opened cannot be called back.</source>
        <translation>지금부터 새 키를 주지 않으며, 이 프로그램은 이 요청으로는 더 이상 제공하거나 열지 않습니다. 이미 열린 사본은 회수할 수 없습니다.</translation>
    </message>
    <message>
        <source>Cancel my request…</source>
        <translation>내 요청 취소…</translation>
    </message>
    <message>
        <source>Cancel my request</source>
        <translation>내 요청 취소</translation>
    </message>
    <message>
        <source>The request ends. You can ask again later.</source>
        <translation>요청이 끝납니다. 나중에 다시 요청할 수 있습니다.</translation>
    </message>
    <message>
        <source>Go to the download</source>
        <translation>내려받기로 가기</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>누가</translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>목적</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>기한</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Requests to me</source>
        <translation>나에게 온 요청</translation>
    </message>
    <message>
        <source>My requests</source>
        <translation>내가 한 요청</translation>
    </message>
    <message>
        <source>To me</source>
        <translation>받은 요청</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>보낸 요청</translation>
    </message>
    <message>
        <source>Choose a request to see who asks for what, why, until when, and what follows from a yes.</source>
        <translation>요청을 고르면 누가 무엇을 왜 언제까지 요청하는지, 승인하면 어떻게 되는지 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>To me (%1)</source>
        <translation>받은 요청 (%1)</translation>
    </message>
    <message>
        <source>%1 will be able to open this dataset until the end of %2, with the true name and dates. What was opened cannot be called back.</source>
        <translation>%1 님이 %2까지 이 데이터셋을 실제 이름과 날짜와 함께 열 수 있게 됩니다. 이미 열린 것은 회수할 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 will be able to open this dataset until the end of %2. Names and true dates are not given. What was opened cannot be called back.</source>
        <translation>%1 님이 %2까지 이 데이터셋을 열 수 있게 됩니다. 이름과 실제 날짜는 주지 않습니다. 이미 열린 것은 회수할 수 없습니다.</translation>
    </message>
    <message>
        <source>Approve for %1 until %2</source>
        <translation>%2까지 %1 님에게 승인</translation>
    </message>
    <message>
        <source>Sending; you may close the window, it is not lost and not sent twice.</source>
        <translation>보내는 중입니다. 창을 닫아도 잃어버리거나 두 번 보내지 않습니다.</translation>
    </message>
    <message>
        <source>Done: it is in a block.</source>
        <translation>완료: 블록에 기록되었습니다.</translation>
    </message>
    <message>
        <source>Pay the price…</source>
        <translation>값 지불…</translation>
    </message>
    <message>
        <source>Pay the price</source>
        <translation>값 지불</translation>
    </message>
    <message>
        <source>%1 leave your account and are held by the contract. The sellers get them when you accept what was delivered, or 3 days after delivery without a dispute. Without delivery you can take them back after 7 days.</source>
        <translation>%1이(가) 사용자 계정에서 나가 계약이 보관합니다. 전달된 것을 수락하거나, 전달 후 3일 동안 분쟁이 없으면 판매자가 받습니다. 전달되지 않으면 7일 뒤 돌려받을 수 있습니다.</translation>
    </message>
    <message>
        <source>Release the money…</source>
        <translation>대금 지급…</translation>
    </message>
    <message>
        <source>Release the money</source>
        <translation>대금 지급</translation>
    </message>
    <message>
        <source>%1 go to the sellers. You cannot dispute this purchase afterwards, so open what was delivered first.</source>
        <translation>%1이(가) 판매자에게 갑니다. 그 뒤에는 이 구매에 분쟁을 제기할 수 없으므로 전달된 것을 먼저 열어 보십시오.</translation>
    </message>
    <message>
        <source>Take the money back…</source>
        <translation>돈 돌려받기…</translation>
    </message>
    <message>
        <source>Take the money back</source>
        <translation>돈 돌려받기</translation>
    </message>
    <message>
        <source>%1 belong to the buyer again, and this request can no longer be approved. The buyer collects them with “amana collect”.</source>
        <translation>%1이(가) 다시 구매자의 것이 되고, 이 요청은 더 이상 승인될 수 없습니다. 구매자는 “amana collect”로 찾아갑니다.</translation>
    </message>
    <message>
        <source>Dispute…</source>
        <translation>분쟁 제기…</translation>
    </message>
    <message>
        <source>Dispute the delivery</source>
        <translation>전달에 대한 분쟁</translation>
    </message>
    <message>
        <source>What is wrong with it? The arbiter and the seller read this. The arbiter decides; if all of the money goes back, your access ends.</source>
        <translation>무엇이 잘못되었습니까? 중재인과 판매자가 읽습니다. 중재인이 판정하며, 돈을 모두 돌려받으면 접근이 끝납니다.</translation>
    </message>
    <message>
        <source>Dispute</source>
        <translation>분쟁 제기</translation>
    </message>
    <message>
        <source>Emergencies</source>
        <translation>비상 접근</translation>
    </message>
    <message>
        <source>Emergencies (%1)</source>
        <translation>비상 접근 (%1)</translation>
    </message>
</context>
<context>
    <name>amana::ui::Review</name>
    <message>
        <source>Look here</source>
        <translation>확인할 곳</translation>
    </message>
    <message>
        <source>(removed)</source>
        <translation>(제거됨)</translation>
    </message>
</context>
<context>
    <name>amana::ui::ReviewPane</name>
    <message>
        <source>Accept</source>
        <translation>수락</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>Accept all with this text</source>
        <translation>같은 글자 모두 수락</translation>
    </message>
    <message>
        <source>Reject all with this text</source>
        <translation>같은 글자 모두 거절</translation>
    </message>
    <message>
        <source>Next undecided</source>
        <translation>다음 미결정</translation>
    </message>
    <message>
        <source>Previous undecided</source>
        <translation>이전 미결정</translation>
    </message>
    <message>
        <source>Mark the selected text</source>
        <translation>선택한 글 표시</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Next document</source>
        <translation>다음 문서</translation>
    </message>
    <message>
        <source>Show unchanged fields too</source>
        <translation>바뀌지 않은 필드도 보기</translation>
    </message>
    <message>
        <source>Finish review…</source>
        <translation>검토 끝내기…</translation>
    </message>
    <message>
        <source>Add as: %1</source>
        <translation>추가할 종류: %1</translation>
    </message>
    <message>
        <source>J or ↓ next · K or ↑ previous · Enter accept · Backspace reject · Shift+Enter all with this text · select and Ctrl+D add · Ctrl+Z undo</source>
        <translation>J 또는 ↓ 다음 · K 또는 ↑ 이전 · Enter 수락 · Backspace 거절 · Shift+Enter 같은 글자 모두 · 선택 후 Ctrl+D 추가 · Ctrl+Z 실행 취소</translation>
    </message>
    <message>
        <source>Dataset under review</source>
        <translation>검토 중인 데이터셋</translation>
    </message>
    <message>
        <source>Review progress</source>
        <translation>검토 진행 상황</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>남음</translation>
    </message>
    <message>
        <source>Documents to review</source>
        <translation>검토할 문서</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>공개본</translation>
    </message>
    <message>
        <source>Original and released text</source>
        <translation>원본과 공개본</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>검토</translation>
    </message>
    <message>
        <source>Choose records in the Library</source>
        <translation>보관함에서 기록 고르기</translation>
    </message>
    <message>
        <source>Nothing waits for review. Choose records in the Library and de-identify them; what the program proposes then appears here, for you to decide.</source>
        <translation>검토할 것이 없습니다. 보관함에서 기록을 골라 비식별화하세요. 프로그램이 제안한 내용이 여기에 나타나면 직접 결정합니다.</translation>
    </message>
    <message>
        <source>%1 of %2 decided · %3 of %4 samples seen</source>
        <translation>%2건 중 %1건 결정 · 표본 %4건 중 %3건 확인</translation>
    </message>
    <message>
        <source>%1 of %2 decided · not sampled</source>
        <translation>%2건 중 %1건 결정 · 표본 없음</translation>
    </message>
    <message>
        <source>Nothing to mark</source>
        <translation>표시할 것 없음</translation>
    </message>
    <message numerus="yes">
        <source>%n mark(s) decided, also in other documents.</source>
        <translation>
            <numerusform>다른 문서까지 표시 %n건을 결정했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Finish review</source>
        <translation>검토 끝내기</translation>
    </message>
    <message>
        <source>You confirm that you have seen what is removed and how. After this there is no undo for this dataset; the originals stay as they are.</source>
        <translation>무엇이 어떻게 제거되는지 확인했음을 확인합니다. 이후에는 이 데이터셋의 결정을 되돌릴 수 없습니다. 원본은 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Review finished. The dataset can be published now.</source>
        <translation>검토를 끝냈습니다. 이제 데이터셋을 게시할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>amana::ui::SideBar</name>
    <message>
        <source>Sections</source>
        <translation>화면 목록</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n waiting</source>
        <translation>
            <numerusform>%1, %n건 대기</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>amana::ui::SpanInspector</name>
    <message>
        <source>Text</source>
        <translation>글</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>바뀐 글</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>찾은 곳</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>확신</translation>
    </message>
    <message>
        <source>Same text</source>
        <translation>같은 글자</translation>
    </message>
    <message>
        <source>Type for marks added by hand</source>
        <translation>직접 추가할 표시의 종류</translation>
    </message>
    <message>
        <source>Type for marks added by hand (keys 1 to 9)</source>
        <translation>직접 추가할 표시의 종류 (1~9 키)</translation>
    </message>
    <message>
        <source>Add as</source>
        <translation>추가할 종류</translation>
    </message>
    <message>
        <source>Look here</source>
        <translation>확인할 곳</translation>
    </message>
    <message>
        <source>Unmarked text: is anything left that names a person?</source>
        <translation>표시되지 않은 글: 사람을 알 수 있는 것이 남아 있습니까?</translation>
    </message>
    <message>
        <source>(removed)</source>
        <translation>(제거됨)</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>모델</translation>
    </message>
    <message numerus="yes">
        <source>%n place(s) in this dataset</source>
        <translation>
            <numerusform>이 데이터셋에 %n곳</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>amana::ui::SpanList</name>
    <message>
        <source>Marks in this document</source>
        <translation>이 문서의 표시</translation>
    </message>
</context>
<context>
    <name>amana::ui::SpanModel</name>
    <message>
        <source>%1 (%2)</source>
        <extracomment>of a name that was found: what it is, and whose (&quot;Name (staff)&quot;)</extracomment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>low confidence</source>
        <translation>낮은 확신</translation>
    </message>
    <message>
        <source>medium confidence</source>
        <translation>중간 확신</translation>
    </message>
    <message>
        <source>high confidence</source>
        <translation>높은 확신</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>확인함</translation>
    </message>
    <message>
        <source>Look here</source>
        <translation>확인할 곳</translation>
    </message>
    <message>
        <source>Unmarked text</source>
        <translation>표시되지 않은 글</translation>
    </message>
    <message>
        <source>Looked at, unmarked text: %1</source>
        <translation>확인함, 표시되지 않은 글: %1</translation>
    </message>
    <message>
        <source>Look here, unmarked text: %1</source>
        <translation>확인할 곳, 표시되지 않은 글: %1</translation>
    </message>
    <message>
        <source>%1, %2, %3: %4</source>
        <comment>decision, type, confidence: text</comment>
        <translation>%1, %2, %3: %4</translation>
    </message>
</context>
<context>
    <name>amana::ui::StatusStrip</name>
    <message>
        <source>This computer</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>%1: offline</source>
        <translation>%1: 꺼짐</translation>
    </message>
    <message>
        <source>%1: starting</source>
        <translation>%1: 시작하는 중</translation>
    </message>
    <message>
        <source>%1: ready</source>
        <translation>%1: 준비됨</translation>
    </message>
    <message>
        <source>%1: not the expected network</source>
        <translation>%1: 예상한 네트워크가 아님</translation>
    </message>
    <message>
        <source>Progress of the jobs</source>
        <translation>작업 진행 상황</translation>
    </message>
    <message>
        <source>A network for trial and for a single workstation: no other machine takes part.</source>
        <translation>시험용이자 컴퓨터 한 대를 위한 네트워크입니다. 다른 컴퓨터는 참여하지 않습니다.</translation>
    </message>
    <message>
        <source>No profile is open</source>
        <translation>열린 프로필 없음</translation>
    </message>
    <message>
        <source>%1 · not enrolled yet</source>
        <comment>name</comment>
        <translation>%1 · 아직 등록되지 않음</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>name, roles</comment>
        <translation>%1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) running</source>
        <translation>
            <numerusform>작업 %n개 진행 중</numerusform>
        </translation>
    </message>
    <message>
        <source>Jobs drawer</source>
        <translation>작업 서랍</translation>
    </message>
</context>
<context>
    <name>amana::ui::StepsView</name>
    <message>
        <source>Not yet</source>
        <translation>아직</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계</translation>
    </message>
</context>
<context>
    <name>amana::ui::WelcomePage</name>
    <message>
        <source>Welcome</source>
        <translation>환영</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Make my profile</source>
        <translation>내 프로필 만들기</translation>
    </message>
    <message>
        <source>I have kept the phrase</source>
        <translation>문구를 보관했습니다</translation>
    </message>
    <message>
        <source>Welcome to Amana</source>
        <translation>Amana에 오신 것을 환영합니다</translation>
    </message>
    <message>
        <source>Medical data, kept safe and shared by consent. Everything works on this computer at once; nothing leaves it without a page that says what, to whom and until when.</source>
        <translation>의료 데이터를 안전하게 보관하고 동의를 받아 공유합니다. 모든 것이 이 컴퓨터에서 바로 작동하며, 무엇을 누구에게 언제까지 보내는지 알려 주는 화면 없이는 아무것도 나가지 않습니다.</translation>
    </message>
    <message>
        <source>Profiles of this computer</source>
        <translation>이 컴퓨터의 프로필</translation>
    </message>
    <message>
        <source>New profile</source>
        <translation>새 프로필</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>I am</source>
        <translation>나는</translation>
    </message>
    <message>
        <source>The first profile of this computer is the administrator of its institution and enrols the others. What you are changes words and first pages only.</source>
        <translation>이 컴퓨터의 첫 프로필은 기관의 관리자가 되어 다른 사람을 등록합니다. 어떤 사람인지는 용어와 첫 화면만 바꿉니다.</translation>
    </message>
    <message>
        <source>Your recovery phrase</source>
        <translation>복구 문구</translation>
    </message>
    <message>
        <source>Write these words on paper, in order. They are shown only now. With them you get your identity back on another computer; whoever has them is you.</source>
        <translation>이 낱말들을 순서대로 종이에 적으세요. 지금만 보여 줍니다. 이것으로 다른 컴퓨터에서 신원을 되찾을 수 있으며, 이것을 가진 사람은 곧 당신이 됩니다.</translation>
    </message>
    <message>
        <source>Type these words to prove it</source>
        <translation>적어 두었는지 확인하기 위해 낱말을 입력하세요</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>name, role</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Word %1</source>
        <translation>%1번째 낱말</translation>
    </message>
</context>
<context>
    <name>amana::ui::Words</name>
    <message>
        <source>Dataset %1</source>
        <translation>데이터셋 %1</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>기관</translation>
    </message>
    <message>
        <source>Uploader</source>
        <translation>게시자</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>환자</translation>
    </message>
    <message>
        <source>Researcher</source>
        <translation>연구자</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>관리자</translation>
    </message>
    <message>
        <source>Emergency access</source>
        <translation>비상 접근</translation>
    </message>
    <message>
        <source>Auditor</source>
        <translation>감사자</translation>
    </message>
    <message>
        <source>No role</source>
        <translation>역할 없음</translation>
    </message>
    <message>
        <source>%1, an own policy from “%2”. %3</source>
        <comment>policy, base, warning or nothing</comment>
        <translation>%1: “%2”를 바탕으로 직접 만든 정책입니다. %3</translation>
    </message>
    <message>
        <source>This own policy is weaker than “%1” at: %2. More of the patients stays in the data.</source>
        <translation>직접 만든 이 정책은 다음에서 “%1”보다 약합니다: %2. 환자 정보가 데이터에 더 많이 남습니다.</translation>
    </message>
    <message>
        <source>Clinician</source>
        <translation>임상의</translation>
    </message>
    <message>
        <source>Research staff</source>
        <translation>연구자</translation>
    </message>
    <message>
        <source>Waiting</source>
        <comment>state of a request</comment>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>Returned</source>
        <comment>state of a request</comment>
        <translation>반환됨</translation>
    </message>
    <message>
        <source>Approved</source>
        <comment>state of a request</comment>
        <translation>승인됨</translation>
    </message>
    <message>
        <source>Declined</source>
        <comment>state of a request</comment>
        <translation>거절됨</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <comment>state of a request</comment>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>Revoked</source>
        <comment>state of a request</comment>
        <translation>철회됨</translation>
    </message>
    <message>
        <source>Expired</source>
        <comment>state of a request</comment>
        <translation>만료됨</translation>
    </message>
</context>
</TS>
