// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/access.h"

#include <algorithm>

namespace amana::net {

namespace {

constexpr std::size_t kMaxToken = 8192; // headers above are refused by most servers

} // namespace

std::optional<QByteArray> bearerOf(std::string_view token)
{
    const bool good = !token.empty() && token.size() <= kMaxToken
                      && std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (!good)
        return {};
    return QByteArray("Bearer ").append(token.data(), static_cast<qsizetype>(token.size()));
}

std::optional<QByteArray> authorizationOf(const Access &access, const ReadSecret &secrets)
{
    if (access.login == Access::Login::None)
        return QByteArray();
    if (access.login == Access::Login::Password || !secrets)
        return {};
    const auto secret = secrets(access.secret);
    if (!secret)
        return {};
    if (access.login == Access::Login::Bearer)
        return bearerOf(secret->text());
    // The copies cannot be wiped: Qt keeps its own until the reply is gone.
    QByteArray pair = QByteArray::fromStdString(access.user) + ':';
    pair.append(secret->text().data(), static_cast<qsizetype>(secret->size()));
    return "Basic " + pair.toBase64();
}

} // namespace amana::net
