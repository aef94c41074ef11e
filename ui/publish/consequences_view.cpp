// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/publish/consequences_view.h"

#include "ui/widgets/format_text.h"
#include "ui/widgets/korean_break.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/section_box.h"

#include <QLabel>
#include <QVBoxLayout>

namespace amana::ui {

ConsequencesView::ConsequencesView(QWidget *parent) : QWidget(parent), m_problems(new QWidget)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    new QVBoxLayout(m_problems);
    m_problems->layout()->setContentsMargins(0, 0, 0, 0);
    auto *what = new SectionBox(tr("What goes out"));
    m_title = what->addLine(tr("Title shown"));
    m_contents = what->addLine(tr("Contents"));
    m_removed = what->addLine(tr("Removed"));
    m_policy = what->addLine(tr("Policy"));
    m_sampled = what->addLine(tr("Sampling"));
    auto *who = new SectionBox(tr("Who decides and who can open it"));
    m_custodians = who->addLine(tr("Custodians"));
    m_rule = who->addLine(tr("Rule"));
    m_self = who->addLine(tr("You"));
    m_emergency = who->addLine(tr("Emergencies"));
    auto *where = new SectionBox(tr("Where"));
    m_network = where->addLine(tr("Network"));
    m_fee = where->addLine(tr("Fee"));
    m_price = where->addLine(tr("Price"));
    auto *undo = new SectionBox(tr("Cannot be undone"));
    undo->addText(breakAtSpaces(
        tr("The entry in the registry stays for ever. Encrypted copies that others fetched cannot be called back. Who "
           "was given a key can open what they have; revoking stops new keys only.")));
    layout->addWidget(m_problems);
    for (SectionBox *box : {what, who, where, undo})
        layout->addWidget(box);
    layout->addStretch();
}

void ConsequencesView::clear()
{
    for (QLabel *label : {m_title, m_contents, m_removed, m_policy, m_sampled, m_custodians, m_rule, m_self, m_network, m_fee, m_price,
                          m_emergency})
        label->clear();
    showProblems({});
}

void ConsequencesView::show(const ports::PublishPreview &preview)
{
    m_title->setText(preview.title);
    m_contents->setText(tr("%1 documents of %2 people in %3 parts, %4 before sealing")
                            .arg(preview.documents).arg(preview.subjects).arg(preview.parts)
                            .arg(bytesText(preview.bytes)));
    QStringList removed;
    for (const auto &[type, count] : preview.removed)
        removed << termText(QStringLiteral("type"), type) + QLatin1Char(' ') + QLocale().toString(count);
    m_removed->setText(removed.isEmpty() ? tr("Nothing") : removed.join(QStringLiteral(" · ")));
    m_policy->setText(policyText(preview.policy, preview.policyBase, preview.policyWeaker));
    m_sampled->setText(breakAtSpaces(preview.sampled ? tr("A random sample of unmarked text was looked at.")
                                                     : tr("Not sampled: the policy asks for no sample.")));
    QStringList names;
    for (const ports::Party &party : preview.custodians)
        names << partyText(party);
    m_custodians->setText(names.join(QStringLiteral(", ")));
    m_rule->setText(breakAtSpaces(
        preview.custodians.size() < 2
            ? termText(QStringLiteral("custody"), preview.custody)
            : tr("%1 of %2 must agree. This is a rule of the contract: each custodian alone holds the key.")
                  .arg(preview.threshold).arg(preview.custodians.size())));
    m_self->setText(breakAtSpaces(preview.publisherCanOpen
        ? tr("You can open it later, because your institution is a custodian.")
        : tr("You cannot open it later from the network; your originals stay in your library.")));
    m_emergency->setText(breakAtSpaces(preview.emergencyAccess
        ? tr("A member with that role may be served for 24 hours without a yes; an auditor reviews it. The keys still come "
             "from somebody who holds them.")
        : tr("Not permitted")));
    m_price->setText(breakAtSpaces(
        preview.price.isEmpty()
            ? tr("Free")
            : tr("%1 for each request, held by the contract until the buyer accepts, or 3 days after delivery; without "
                 "delivery it goes back after 7 days. %2 decides disputes.")
                  .arg(preview.price, partyText(preview.arbiter))));
    m_network->setText(breakAtSpaces(preview.thisComputer
        ? tr("This computer only: a network for trial, no other machine takes part.")
        : preview.network));
    m_fee->setText(preview.fee == QLatin1String("0") ? tr("None") : preview.fee);
    showProblems(preview.problems);
}

void ConsequencesView::showProblems(const std::vector<Error> &problems)
{
    qDeleteAll(m_problems->findChildren<MessageBar *>());
    for (const Error &problem : problems) {
        auto *bar = new MessageBar;
        m_problems->layout()->addWidget(bar);
        bar->showError(problem);
    }
    m_problems->setVisible(!problems.empty());
}

} // namespace amana::ui
