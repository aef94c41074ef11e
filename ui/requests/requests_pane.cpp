// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/requests/requests_pane.h"

#include "ui/requests/emergency_view.h"
#include "ui/requests/request_detail_view.h"
#include "ui/text/text_catalogue.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/table.h"

#include <QAction>
#include <QGridLayout>
#include <QStackedWidget>
#include <QTabWidget>

namespace amana::ui {

namespace {

/// A step of a payment that is somebody else's, or over: not worth a button. What only waits for time or money stays, with
/// its reason.
bool isIdle(const ports::ActionState &state)
{
    using ports::RequestAction;
    const bool money = state.action == RequestAction::Pay || state.action == RequestAction::Accept
        || state.action == RequestAction::Refund || state.action == RequestAction::Dispute;
    if (!money || !state.refused)
        return false;
    const ErrorCode code = state.refused->code;
    return code == ErrorCode::ContractBadPurchaseState || code == ErrorCode::ContractNotBuyer
        || code == ErrorCode::ContractNotRequested || code == ErrorCode::ContractNotForSale
        || code == ErrorCode::ContractTooLate;
}

} // namespace

RequestsPane::RequestsPane(PaneContext context, QWidget *parent)
    : Pane({QStringLiteral("requests"), tr("Requests"), QStringLiteral("requests"), true}, context, parent)
{
    makeActions();
    makeMoneyActions();
    body()->addWidget(sideBySide(makeLists(), makeDetail(), 520, 520));
    connect(&ports().events, &ports::Events::requestsChanged, this, &Pane::reloadSoon);
    connect(&ports().events, &ports::Events::sessionChanged, this, &Pane::reloadSoon);
    showActions();
}

QWidget *RequestsPane::firstFocus()
{
    return table();
}

void RequestsPane::open(const QString &request)
{
    const bool outgoing = m_outgoing->find(request) != nullptr;
    m_tabs->setCurrentIndex(outgoing ? 1 : 0);
    table()->selectId(request);
}

Table *RequestsPane::table() const
{
    if (m_tabs->currentIndex() == 2)
        return m_emergencies->table();
    return m_tabs->currentIndex() == 1 ? m_outgoingTable : m_incomingTable;
}

QAction *RequestsPane::makeAction(const QString &name, const QString &text, const QKeySequence &key,
                                  const QString &iconName, ports::RequestAction kind, std::function<void()> slot)
{
    QAction *action = addPaneAction(name, text, key, iconName);
    m_kinds[action] = kind;
    connect(action, &QAction::triggered, this, std::move(slot));
    return action;
}

void RequestsPane::makeActions()
{
    using ports::RequestAction;
    ports::RequestsPort &port = ports().requests;
    m_approve = makeAction(QStringLiteral("approve"), tr("Approve for research"), Qt::CTRL | Qt::Key_Return,
                     QStringLiteral("check"), RequestAction::Approve,
                     [this] { confirmApproval(ports::GrantKind::Research); });
    m_approveCare = makeAction(QStringLiteral("approveCare"), tr("Approve as care"), Qt::CTRL | Qt::SHIFT | Qt::Key_Return,
                         QStringLiteral("person"), RequestAction::Approve,
                         [this] { confirmApproval(ports::GrantKind::Care); });
    m_return = makeAction(QStringLiteral("return"), tr("Return for changes…"), Qt::CTRL | Qt::Key_B, QStringLiteral("undo"),
                    RequestAction::Return, [this, &port] {
                        askComment(tr("Return for changes"), tr("What should be changed?"), tr("Return"),
                                   [&port, id = m_detail->row.id](const QString &text) {
                                       return port.returnForChanges(id, text);
                                   });
                    });
    m_deny = makeAction(QStringLiteral("deny"), tr("Decline…"), Qt::CTRL | Qt::Key_Delete, QStringLiteral("cross"),
                  RequestAction::Deny, [this, &port] {
                      askComment(tr("Decline request"), tr("Why is it declined? The applicant reads this."), tr("Decline"),
                                 [&port, id = m_detail->row.id](const QString &text) { return port.deny(id, text); });
                  });
    m_revoke = makeAction(QStringLiteral("revoke"), tr("Revoke access…"), Qt::CTRL | Qt::SHIFT | Qt::Key_Delete,
                    QStringLiteral("lock"), RequestAction::Revoke, [this, &port] {
                        confirmThenSend(tr("Revoke access"),
                                        tr("No new key is given from now on, and this program serves and opens nothing "
                                           "more under this request. Copies that were already opened cannot be called "
                                           "back."),
                                        true, [&port, id = m_detail->row.id] { return port.revoke(id); });
                    });
    m_cancel = makeAction(QStringLiteral("cancel"), tr("Cancel my request…"), Qt::CTRL | Qt::Key_Backspace,
                    QStringLiteral("stop"), RequestAction::Cancel, [this, &port] {
                        confirmThenSend(tr("Cancel my request"), tr("The request ends. You can ask again later."), false,
                                        [&port, id = m_detail->row.id] { return port.cancel(id); });
                    });
    m_download = makeAction(QStringLiteral("download"), tr("Go to the download"), Qt::CTRL | Qt::Key_J,
                      QStringLiteral("downloads"), RequestAction::Download,
                      [this] { Q_EMIT goTo(QStringLiteral("downloads"), m_detail->row.id); });
}

RowModel<ports::RequestRow> *RequestsPane::makeModel(bool incoming)
{
    return new RowModel<ports::RequestRow>(
        {{tr("No."), [](const auto &r) { return r.id; }, [](const auto &r) { return QVariant(r.id.toULongLong()); }, {},
          true},
         {incoming ? tr("Who") : tr("Dataset"),
          [incoming](const auto &r) { return incoming ? partyText(r.requester) : datasetText(r.datasetTitle, r.dataset); }},
         {tr("Purpose"), [](const auto &r) { return termText(QStringLiteral("purpose"), r.purpose); }},
         {tr("Until"), [](const auto &r) { return dateText(r.until); }, [](const auto &r) { return QVariant(r.until); }},
         {tr("State"), [](const auto &r) { return requestStateWords(r.state).text; },
          [](const auto &r) { return QVariant(int(r.state)); }, [](const auto &r) { return requestStateWords(r.state); }}},
        [](const auto &r) { return r.id; }, this);
}

Table *RequestsPane::makeTable(RowModel<ports::RequestRow> *model, const QString &name)
{
    auto *made = new Table(name);
    made->setSource(model);
    made->setWidths({5, 0, 18, 11, 14});
    connect(made, &Table::currentIdChanged, this, &RequestsPane::showCurrent);
    return made;
}

QWidget *RequestsPane::makeLists()
{
    m_incoming = makeModel(true);
    m_outgoing = makeModel(false);
    m_incomingTable = makeTable(m_incoming, tr("Requests to me"));
    m_outgoingTable = makeTable(m_outgoing, tr("My requests"));
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_incomingTable, tr("To me"));
    m_tabs->addTab(m_outgoingTable, tr("Mine"));
    m_emergencies = new EmergencyView;
    m_tabs->addTab(m_emergencies, tr("Emergencies"));
    connect(m_tabs, &QTabWidget::currentChanged, this, &RequestsPane::showCurrent);
    return m_tabs;
}

QWidget *RequestsPane::makeDetail()
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    m_view = new RequestDetailView;
    layout->addWidget(scrolled(m_view), 1);
    auto *buttons = new QGridLayout;
    buttons->setContentsMargins(8, 0, 4, 0);
    buttons->addWidget(buttonFor(m_approve, QStringLiteral("primary")), 0, 0);
    buttons->addWidget(buttonFor(m_approveCare, QStringLiteral("primary")), 0, 1);
    buttons->addWidget(buttonFor(m_return), 1, 0);
    buttons->addWidget(buttonFor(m_deny), 1, 1);
    buttons->addWidget(buttonFor(m_revoke, QStringLiteral("danger")), 2, 0);
    buttons->addWidget(buttonFor(m_cancel), 2, 1);
    buttons->addWidget(buttonFor(m_download, QStringLiteral("primary")), 3, 0, 1, 2);
    buttons->addWidget(buttonFor(m_pay, QStringLiteral("primary")), 4, 0);
    buttons->addWidget(buttonFor(m_accept), 4, 1);
    buttons->addWidget(buttonFor(m_dispute), 5, 0);
    buttons->addWidget(buttonFor(m_refund), 5, 1);
    layout->addLayout(buttons);
    m_detailStack = new QStackedWidget;
    m_detailStack->addWidget(new EmptyState(
        QStringLiteral("requests"),
        tr("Choose a request to see who asks for what, why, until when, and what follows from a yes.")));
    m_detailStack->addWidget(side);
    m_detailStack->addWidget(scrolled(new EmergencyMeaning));
    return m_detailStack;
}

void RequestsPane::readList(Latest &latest, ports::Future<Rows> future, RowModel<ports::RequestRow> *model, Table *made)
{
    latest.wait<Rows>(
        std::move(future), this,
        [this, model, made](Rows rows) {
            model->setRows(std::move(rows));
            made->selectFirst();
            if (model == m_incoming) {
                const auto waiting = std::count_if(model->rows().begin(), model->rows().end(),
                                                   [](const ports::RequestRow &r) { return r.waitsForMe; });
                m_tabs->setTabText(0, waiting > 0 ? tr("To me (%1)").arg(waiting) : tr("To me"));
                setBadge(int(waiting));
            }
            if (made == table())
                showCurrent();
        },
        showFailure());
}

void RequestsPane::reload()
{
    readList(m_incomingRead, ports().requests.incoming(), m_incoming, m_incomingTable);
    readList(m_outgoingRead, ports().requests.outgoing(), m_outgoing, m_outgoingTable);
    m_emergencyRead.wait<std::vector<ports::EmergencyRow>>(
        ports().requests.emergencies(), this,
        [this](std::vector<ports::EmergencyRow> rows) {
            const auto open = std::count_if(rows.begin(), rows.end(), [](const ports::EmergencyRow &row) {
                return row.state == QLatin1String("open") || row.state == QLatin1String("reviewDue");
            });
            m_emergencies->setRows(std::move(rows));
            m_tabs->setTabText(2, open > 0 ? tr("Emergencies (%1)").arg(open) : tr("Emergencies"));
        },
        showFailure());
}

void RequestsPane::showCurrent()
{
    const bool emergencies = m_tabs->currentIndex() == 2;
    const QString id = emergencies ? QString() : table()->currentId();
    if (!m_detail || m_detail->row.id != id) { // never leave buttons that act on another request
        m_detail.reset();
        m_detailStack->setCurrentIndex(emergencies ? 2 : 0);
        showActions();
    }
    if (id.isEmpty()) {
        m_detailStack->setCurrentIndex(emergencies ? 2 : 0);
        m_detailRead.drop();
        return;
    }
    m_detailRead.wait<ports::RequestDetail>(
        ports().requests.detail(id), this, [this](const ports::RequestDetail &detail) { showDetail(detail); },
        showFailure());
}

void RequestsPane::showDetail(const ports::RequestDetail &detail)
{
    m_detail = detail;
    m_view->show(detail);
    m_detailStack->setCurrentIndex(1);
    showActions();
}

void RequestsPane::showActions()
{
    for (const auto &[action, kind] : m_kinds) {
        const ports::ActionState *state = nullptr;
        if (m_detail) {
            for (const ports::ActionState &candidate : m_detail->actions) {
                if (candidate.action == kind)
                    state = &candidate;
            }
        }
        const bool wrongKind = m_detail
            && ((action == m_approve && m_detail->careAllowed) || (action == m_approveCare && !m_detail->careAllowed));
        action->setVisible(!m_detail || (state != nullptr && !wrongKind && !isIdle(*state)));
        action->setEnabled(state != nullptr && !wrongKind && !state->refused && !m_sending);
        action->setToolTip(state != nullptr && state->refused
                               ? TextCatalogue::current().error(*state->refused).title : action->text());
    }
}

void RequestsPane::confirmApproval(ports::GrantKind kind)
{
    const ports::RequestRow row = m_detail->row;
    const QString who = partyText(row.requester);
    const bool care = kind == ports::GrantKind::Care;
    const QString text = care
        ? tr("%1 will be able to open this dataset until the end of %2, with the true name and dates. What was opened "
             "cannot be called back.").arg(who, dateText(row.until))
        : tr("%1 will be able to open this dataset until the end of %2. Names and true dates are not given. What was "
             "opened cannot be called back.").arg(who, dateText(row.until));
    ports::RequestsPort &port = ports().requests;
    prompter().confirm(this,
                       {care ? tr("Approve as care") : tr("Approve for research"), text,
                        tr("Approve for %1 until %2").arg(who, dateText(row.until)), false},
                       [this, &port, row, kind] { send(port.approve(row.id, row.revision, kind)); });
}

void RequestsPane::askComment(const QString &title, const QString &label, const QString &action,
                              std::function<ports::FutureStatus(const QString &)> sendIt)
{
    prompter().askText(this, {title, label, action, true},
                       [this, sendIt = std::move(sendIt)](const QString &text) { send(sendIt(text)); });
}

void RequestsPane::confirmThenSend(const QString &title, const QString &text, bool dangerous,
                                   std::function<ports::FutureStatus()> sendIt)
{
    prompter().confirm(this, {title, text, title, dangerous},
                       [this, sendIt = std::move(sendIt)] { send(sendIt()); });
}

void RequestsPane::send(ports::FutureStatus future)
{
    m_sending = true;
    showActions();
    messages().showMessage(tr("Sending; you may close the window, it is not lost and not sent twice."), Tone::Info);
    whenDone<void>(
        std::move(future), this,
        [this] {
            m_sending = false;
            messages().showMessage(tr("Done: it is in a block."));
            reloadSoon();
        },
        [this](const Error &error) {
            m_sending = false;
            messages().showError(error);
            showActions();
            reloadSoon();
        });
}

} // namespace amana::ui
