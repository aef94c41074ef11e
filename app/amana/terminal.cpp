// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/amana/terminal.h"

#include <cerrno>
#include <cstdio>
#include <string>

#include <termios.h>
#include <unistd.h>

namespace amana::cli {

namespace {

constexpr std::size_t kMaxSecret = 64 * 1024;

void ask(const QString &question)
{
    std::fputs(question.toUtf8().constData(), stderr);
    std::fputc(' ', stderr);
    std::fflush(stderr);
}

/// Reads until a line end or the end of input, without any buffer of the C library, which nobody would wipe.
/// `more` is false at the end of input.
Result<SecretBytes> readSecret(bool oneLine, bool &more)
{
    SecretBytes buffer(kMaxSecret);
    std::size_t used = 0;
    more = false;
    while (used < kMaxSecret) {
        const ssize_t got =
            ::read(STDIN_FILENO, buffer.writable().data() + used, oneLine ? 1 : kMaxSecret - used);
        if (got < 0 && errno == EINTR)
            return fail(ErrorCode::Cancelled);
        if (got <= 0)
            return SecretBytes(buffer.view().first(used));
        if (oneLine && buffer.view()[used] == '\n') {
            more = true;
            return SecretBytes(buffer.view().first(used));
        }
        used += static_cast<std::size_t>(got);
    }
    return fail(ErrorCode::FileTooLarge, {{"path", "-"}, {"limit", std::to_string(kMaxSecret)}});
}

/// No echo while it lives.
class QuietTerminal {
public:
    QuietTerminal()
    {
        m_saved = tcgetattr(STDIN_FILENO, &m_before) == 0;
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (m_saved)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    ~QuietTerminal()
    {
        if (m_saved)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        std::fputc('\n', stderr);
    }
    QuietTerminal(const QuietTerminal &) = delete;
    QuietTerminal &operator=(const QuietTerminal &) = delete;

private:
    termios m_before{};
    bool m_saved = false;
};

} // namespace

bool canAsk()
{
    return isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
}

bool askYes(const QString &question)
{
    ask(question + QStringLiteral(" [y/N]"));
    bool more = false;
    const auto answer = readSecret(true, more);
    return answer && (answer->text() == "y" || answer->text() == "Y" || answer->text() == "yes");
}

Result<SecretBytes> askSecret(const QString &question)
{
    ask(question);
    const QuietTerminal quiet;
    bool more = false;
    AMANA_TRY(SecretBytes secret, readSecret(true, more));
    if (secret.empty())
        return fail(ErrorCode::PassphraseNeeded);
    return secret;
}

Result<SecretBytes> readSecretFromInput()
{
    bool more = false;
    return readSecret(false, more);
}

} // namespace amana::cli
