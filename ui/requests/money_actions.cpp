// SPDX-License-Identifier: GPL-3.0-or-later
// The buttons about the price of a request, each with what follows from it.
#include "ui/requests/requests_pane.h"

#include <QAction>

namespace amana::ui {

void RequestsPane::makeMoneyActions()
{
    using ports::RequestAction;
    m_pay = makeAction(QStringLiteral("pay"), tr("Pay the price…"), Qt::CTRL | Qt::ALT | Qt::Key_P,
                       QStringLiteral("hand"), RequestAction::Pay, [this] {
                           confirmMoney(tr("Pay the price"),
                                        tr("%1 leave your account and are held by the contract. The sellers get them when "
                                           "you accept what was delivered, or 3 days after delivery without a dispute. "
                                           "Without delivery you can take them back after 7 days."),
                                        RequestAction::Pay);
                       });
    m_accept = makeAction(QStringLiteral("accept"), tr("Release the money…"), Qt::CTRL | Qt::ALT | Qt::Key_A,
                          QStringLiteral("check"), RequestAction::Accept, [this] {
                              confirmMoney(tr("Release the money"),
                                           tr("%1 go to the sellers. You cannot dispute this purchase afterwards, so open "
                                              "what was delivered first."),
                                           RequestAction::Accept);
                          });
    m_refund = makeAction(QStringLiteral("refund"), tr("Take the money back…"), Qt::CTRL | Qt::ALT | Qt::Key_T,
                          QStringLiteral("undo"), RequestAction::Refund, [this] {
                              confirmMoney(tr("Take the money back"),
                                           tr("%1 belong to the buyer again, and this request can no longer be approved. "
                                              "The buyer collects them with “amana collect”."),
                                           RequestAction::Refund);
                          });
    m_dispute = makeAction(QStringLiteral("dispute"), tr("Dispute…"), Qt::CTRL | Qt::ALT | Qt::Key_X,
                           QStringLiteral("warning"), RequestAction::Dispute, [this] {
                               ports::RequestsPort &port = ports().requests;
                               askComment(tr("Dispute the delivery"),
                                          tr("What is wrong with it? The arbiter and the seller read this. The arbiter "
                                             "decides; if all of the money goes back, your access ends."),
                                          tr("Dispute"),
                                          [&port, id = m_detail->row.id](const QString &text) {
                                              return port.money(id, RequestAction::Dispute, text);
                                          });
                           });
}

void RequestsPane::confirmMoney(const QString &title, const QString &text, ports::RequestAction step)
{
    ports::RequestsPort &port = ports().requests;
    confirmThenSend(title, text.arg(m_detail->payment.price), false,
                    [&port, id = m_detail->row.id, step] { return port.money(id, step, {}); });
}

} // namespace amana::ui
