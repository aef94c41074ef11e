// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/common.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace amana::ui {

/// A passphrase, typed once (to open) or twice (to make). Hidden until the keychain turns out not to be usable.
class PassphraseFields final : public QWidget {
    Q_OBJECT
public:
    explicit PassphraseFields(bool twice, QWidget *parent = nullptr);
    [[nodiscard]] bool isAcceptable() const;
    /// Moves the passphrase out and clears the fields; null while hidden.
    [[nodiscard]] ports::Secret take();

    /// Whether an error means that the keychain cannot be used and a passphrase can.
    static bool helps(const Error &error);

Q_SIGNALS:
    void changed();

private:
    QLineEdit *m_first;
    QLineEdit *m_second;
};

} // namespace amana::ui
