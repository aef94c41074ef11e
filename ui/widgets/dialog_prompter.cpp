// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dialog_prompter.h"

#include "ui/widgets/korean_break.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace amana::ui {

void DialogPrompter::confirm(QWidget *parent, const Question &question, std::function<void()> yes)
{
    auto *box = new QMessageBox(question.dangerous ? QMessageBox::Warning : QMessageBox::Question, question.title,
                                breakAtSpaces(question.text), QMessageBox::Cancel, parent);
    QPushButton *action = box->addButton(question.action, QMessageBox::AcceptRole);
    action->setProperty("tone", question.dangerous ? QStringLiteral("danger") : QStringLiteral("primary"));
    if (question.dangerous)
        box->setDefaultButton(QMessageBox::Cancel);
    else
        box->setDefaultButton(action);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(box, &QMessageBox::buttonClicked, box,
                     [action, yes = std::move(yes)](QAbstractButton *clicked) {
                         if (clicked == action)
                             yes();
                     });
    box->open();
}

void DialogPrompter::askText(QWidget *parent, const TextQuestion &question, std::function<void(QString)> answer)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(question.title);
    auto *layout = new QVBoxLayout(dialog);
    auto *edit = new QPlainTextEdit;
    edit->setTabChangesFocus(true);
    edit->setAccessibleName(question.label);
    edit->setMinimumSize(440, 120);
    auto *label = new QLabel(breakAtSpaces(question.label));
    label->setWordWrap(true);
    label->setBuddy(edit);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    QPushButton *action = buttons->addButton(question.action, QDialogButtonBox::AcceptRole);
    action->setProperty("tone", QStringLiteral("primary"));
    action->setEnabled(!question.required);
    layout->addWidget(label);
    layout->addWidget(edit, 1);
    layout->addWidget(buttons);
    QObject::connect(edit, &QPlainTextEdit::textChanged, dialog, [edit, action, required = question.required] {
        action->setEnabled(!required || !edit->toPlainText().trimmed().isEmpty());
    });
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(dialog, &QDialog::accepted, dialog,
                     [edit, answer = std::move(answer)] { answer(edit->toPlainText().trimmed()); });
    dialog->open();
}

void DialogPrompter::askFiles(QWidget *parent, const QString &title, std::function<void(QStringList)> answer)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    QObject::connect(dialog, &QFileDialog::filesSelected, dialog,
                     [answer = std::move(answer)](const QStringList &files) { answer(files); });
    dialog->open();
}

void DialogPrompter::askFolder(QWidget *parent, const QString &title, std::function<void(QString)> answer)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog,
                     [answer = std::move(answer)](const QString &folder) { answer(folder); });
    dialog->open();
}

} // namespace amana::ui
