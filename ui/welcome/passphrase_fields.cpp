// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/welcome/passphrase_fields.h"

#include "ui/widgets/section_box.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

namespace amana::ui {

namespace {

constexpr int kShortest = 10;

} // namespace

PassphraseFields::PassphraseFields(bool twice, QWidget *parent)
    : QWidget(parent), m_first(new QLineEdit), m_second(twice ? new QLineEdit : nullptr)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->addRow(hintLabel(twice ? tr("This computer has no usable keychain. Choose a passphrase of at least 10 characters; "
                                      "it protects your keys in a file.")
                                 : tr("The keys of this profile are protected by a passphrase.")));
    for (QLineEdit *edit : {m_first, m_second}) {
        if (edit == nullptr)
            continue;
        edit->setEchoMode(QLineEdit::Password);
        edit->setAttribute(Qt::WA_InputMethodEnabled, false);
        const QString name = edit == m_first ? tr("Passphrase") : tr("The same again");
        edit->setAccessibleName(name);
        form->addRow(name, edit);
        connect(edit, &QLineEdit::textChanged, this, &PassphraseFields::changed);
    }
    hide();
}

bool PassphraseFields::isAcceptable() const
{
    if (isHidden())
        return true;
    const bool same = m_second == nullptr || m_first->text() == m_second->text();
    return same && m_first->text().size() >= (m_second == nullptr ? 1 : kShortest);
}

ports::Secret PassphraseFields::take()
{
    if (isHidden())
        return nullptr;
    QByteArray bytes = m_first->text().toUtf8();
    auto secret = std::make_shared<const SecretBytes>(
        SecretBytes::fromText({bytes.constData(), std::size_t(bytes.size())}));
    secureWipe(bytes.data(), std::size_t(bytes.size()));
    m_first->clear();
    if (m_second != nullptr)
        m_second->clear();
    return secret;
}

bool PassphraseFields::helps(const Error &error)
{
    switch (error.code) {
    case ErrorCode::PassphraseNeeded:
    case ErrorCode::PassphraseWrong:
    case ErrorCode::KeychainAbsent:
    case ErrorCode::KeychainFailed: return true;
    default: return false; // a locked keychain is to be unlocked, not bypassed
    }
}

} // namespace amana::ui
