// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/pane.h"
#include "ui/widgets/row_model.h"

#include <map>
#include <optional>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace amana::ui {

class EmergencyView;
class RequestDetailView;
class Table;

class RequestsPane final : public Pane {
    Q_OBJECT
public:
    explicit RequestsPane(PaneContext context, QWidget *parent = nullptr);
    [[nodiscard]] QWidget *firstFocus() override;
    void open(const QString &request) override;

protected:
    void reload() override;

private:
    using Rows = std::vector<ports::RequestRow>;

    QAction *makeAction(const QString &name, const QString &text, const QKeySequence &key, const QString &iconName,
                        ports::RequestAction kind, std::function<void()> slot);
    void makeActions();
    void makeMoneyActions();
    void confirmMoney(const QString &title, const QString &text, ports::RequestAction step);
    QWidget *makeLists();
    QWidget *makeDetail();
    Table *makeTable(RowModel<ports::RequestRow> *model, const QString &name);
    RowModel<ports::RequestRow> *makeModel(bool incoming);
    void readList(Latest &latest, ports::Future<Rows> future, RowModel<ports::RequestRow> *model, Table *table);
    void showCurrent();
    void showDetail(const ports::RequestDetail &detail);
    void showActions();
    void confirmApproval(ports::GrantKind kind);
    void askComment(const QString &title, const QString &label, const QString &action,
                    std::function<ports::FutureStatus(const QString &)> send);
    void confirmThenSend(const QString &title, const QString &text, bool dangerous,
                         std::function<ports::FutureStatus()> send);
    void send(ports::FutureStatus future);
    [[nodiscard]] Table *table() const;

    Latest m_incomingRead, m_outgoingRead, m_emergencyRead, m_detailRead;
    std::optional<ports::RequestDetail> m_detail;
    bool m_sending = false;
    RowModel<ports::RequestRow> *m_incoming;
    RowModel<ports::RequestRow> *m_outgoing;
    Table *m_incomingTable;
    Table *m_outgoingTable;
    QTabWidget *m_tabs;
    QStackedWidget *m_detailStack;
    RequestDetailView *m_view;
    EmergencyView *m_emergencies;
    std::map<QAction *, ports::RequestAction> m_kinds;
    QAction *m_approve, *m_approveCare, *m_return, *m_deny, *m_revoke, *m_cancel, *m_download;
    QAction *m_pay, *m_accept, *m_refund, *m_dispute;
};

} // namespace amana::ui
