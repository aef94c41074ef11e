// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/requests/request_detail_view.h"

#include "ui/widgets/chip.h"
#include "ui/widgets/format_text.h"
#include "ui/widgets/korean_break.h"
#include "ui/widgets/section_box.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace amana::ui {

RequestDetailView::RequestDetailView(QWidget *parent)
    : QWidget(parent), m_state(new Chip), m_fits(new Chip), m_title(titleLabel({}))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 0, 4, 0);
    auto *head = new QHBoxLayout;
    m_title->setWordWrap(true);
    head->addWidget(m_title, 1);
    head->addWidget(m_state, 0, Qt::AlignTop);
    layout->addLayout(head);
    auto *who = new SectionBox(tr("Who"));
    m_name = who->addLine(tr("Name"));
    m_address = who->addLine(tr("Address"));
    m_verified = who->addLine(tr("Checked"));
    m_past = who->addLine(tr("Before"));
    auto *what = new SectionBox(tr("What"));
    m_contents = what->addLine(tr("Contents"));
    m_removed = what->addLine(tr("Removed"));
    m_policy = what->addLine(tr("Policy"));
    m_cid = what->addLine(tr("CID"));
    auto *why = new SectionBox(tr("Why"));
    m_purpose = why->addLine(tr("Purpose"));
    why->addRow(m_fits);
    m_conditions = why->addLine(tr("Undertakes"));
    m_message = why->addLine(tr("Message"));
    auto *until = new SectionBox(tr("Until when"));
    m_until = until->addLine(tr("Ends"));
    auto *money = new SectionBox(tr("Price"));
    m_money = money;
    m_price = money->addLine(tr("Price"));
    m_paid = money->addLine(tr("Payment"));
    m_arbiter = money->addLine(tr("Disputes"));
    auto *consequences = new SectionBox(tr("Consequences"));
    m_table = new QWidget;
    m_grid = new QGridLayout(m_table);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(16);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(2, 1);
    consequences->addRow(m_table);
    auto *timeline = new SectionBox(tr("What happened so far"));
    m_timeline = timeline->addText();
    for (SectionBox *box : {who, what, why, until, money, consequences, timeline})
        layout->addWidget(box);
    layout->addStretch();
}

QString consequenceValue(const QString &what, const QString &value)
{
    if (value.isEmpty())
        return QStringLiteral("–");
    if (what == QLatin1String("canOpen")) {
        bool isNumber = false;
        const int people = value.toInt(&isNumber);
        return isNumber ? RequestDetailView::tr("%n people", nullptr, people) : value;
    }
    if (what == QLatin1String("ends")) {
        const QDateTime when = QDateTime::fromString(value, Qt::ISODate);
        return when.isValid() ? dateText(when) : value;
    }
    if (what == QLatin1String("sees"))
        return termText(QStringLiteral("sees"), value);
    if (what == QLatin1String("cannotRecall"))
        return RequestDetailView::tr("Copies of %1").arg(value);
    return value;
}

void RequestDetailView::show(const ports::RequestDetail &detail)
{
    const ports::RequestRow &row = detail.row;
    const StateWords state = requestStateWords(row.state);
    m_state->set(state.text, state.tone, state.icon);
    m_title->setText(tr("%1 asks for “%2”").arg(partyText(row.requester), datasetText(row.datasetTitle, row.dataset)));
    m_name->setText(row.requester.institution.isEmpty()
                        ? partyText(row.requester)
                        : tr("%1, %2", "person, institution").arg(partyText(row.requester), row.requester.institution));
    m_address->setText(row.requester.address);
    m_verified->setText(row.requester.verified.isEmpty()
        ? tr("Not checked by you yet")
        : tr("Verified by you on %1").arg(QLocale().toString(QDate::fromString(row.requester.verified, Qt::ISODate),
                                                            QLocale::ShortFormat)));
    m_past->setText(tr("%n request(s) before this one", nullptr, detail.pastRequests));
    m_contents->setText(tr("%1 documents of %2 people, %3").arg(detail.records).arg(detail.subjects)
                            .arg(bytesText(detail.bytes)));
    QStringList removed;
    for (const auto &[type, count] : detail.removed)
        removed << termText(QStringLiteral("type"), type) + QLatin1Char(' ') + QLocale().toString(count);
    m_removed->setText(removed.isEmpty() ? tr("The report is not at hand here") : removed.join(QStringLiteral(" · ")));
    m_policy->setText(detail.policy.isEmpty()
                          ? QStringLiteral("–")
                          : policyText(detail.policy, detail.policyBase, detail.policyWeaker));
    m_cid->setText(elidedMiddle(detail.cid));
    m_cid->setToolTip(detail.cid);
    m_purpose->setText(tr("%1 (%2)", "purpose, code").arg(termText(QStringLiteral("purpose"), row.purpose), row.purpose));
    if (detail.purposeFits)
        m_fits->set(tr("Fits what the dataset permits"), Tone::Ok, QStringLiteral("check"));
    else
        m_fits->set(tr("Does not fit what the dataset permits"), Tone::Danger, QStringLiteral("problem"));
    QStringList conditions;
    for (const QString &code : detail.conditions)
        conditions << termText(QStringLiteral("purpose"), code);
    m_conditions->setText(conditions.isEmpty() ? tr("No conditions") : conditions.join(QLatin1Char('\n')));
    m_message->setText(detail.message.isEmpty() ? tr("Encrypted; not for you") : detail.message);
    m_until->setText(tr("%1, end of that day").arg(dateText(row.until)));
    showPayment(detail.payment);
    showConsequences(detail.consequences);
    showTimeline(detail.timeline);
}

void RequestDetailView::showPayment(const ports::Payment &payment)
{
    m_money->setVisible(!payment.price.isEmpty()); // what is free needs no word
    m_price->setText(payment.price);
    const QString state = termText(QStringLiteral("payment"), payment.state);
    QString deadline;
    if (payment.state == QLatin1String("paid"))
        deadline = tr("Without delivery it can be taken back from %1 on.").arg(dateTimeText(payment.until));
    if (payment.state == QLatin1String("delivered"))
        deadline = tr("Without a dispute the sellers can be paid from %1 on.").arg(dateTimeText(payment.until));
    if (payment.state == QLatin1String("disputed"))
        deadline = tr("Without a decision it can go back from %1 on.").arg(dateTimeText(payment.until));
    QString paid = deadline.isEmpty() ? state : tr("%1. %2", "state, deadline").arg(state, deadline);
    if (!payment.reason.isEmpty())
        paid += QLatin1Char('\n') + tr("Disputed because: %1").arg(payment.reason);
    m_paid->setText(breakAtSpaces(paid));
    m_arbiter->setText(payment.arbiter.address.isEmpty() ? QStringLiteral("–")
                                                         : tr("%1 decides them").arg(partyText(payment.arbiter)));
}

void RequestDetailView::showConsequences(const std::vector<ports::Consequence> &rows)
{
    qDeleteAll(m_table->findChildren<QLabel *>());
    const auto put = [this](int line, int column, const QString &text, bool strong) {
        QLabel *label = valueLabel(text);
        QFont font = label->font();
        font.setBold(strong);
        label->setFont(font);
        if (column == 0)
            label->setForegroundRole(QPalette::PlaceholderText);
        m_grid->addWidget(label, line, column, Qt::AlignTop);
    };
    put(0, 1, tr("Now"), true);
    put(0, 2, tr("After approval"), true);
    QStringList spoken;
    int line = 1;
    for (const ports::Consequence &row : rows) {
        const QString name = termText(QStringLiteral("consequence"), row.what);
        const QString now = consequenceValue(row.what, row.now);
        const QString after = consequenceValue(row.what, row.after);
        put(line, 0, name, false);
        put(line, 1, now, false);
        put(line, 2, after, row.now != row.after);
        spoken << tr("%1: now %2, after approval %3").arg(name, now, after);
        ++line;
    }
    m_table->setAccessibleName(tr("Consequences"));
    m_table->setAccessibleDescription(spoken.join(QStringLiteral(". ")));
}

void RequestDetailView::showTimeline(const std::vector<ports::TimelineRow> &rows)
{
    QStringList lines;
    for (const ports::TimelineRow &row : rows) {
        QString text = tr("%1 · %2 · %3", "time, event, person")
                           .arg(dateTimeText(row.when), termText(QStringLiteral("event"), row.kind), partyText(row.who));
        if (!row.comment.isEmpty())
            text += QStringLiteral("\n    “%1”").arg(row.comment);
        lines << text;
    }
    m_timeline->setText(lines.join(QLatin1Char('\n')));
}

} // namespace amana::ui
