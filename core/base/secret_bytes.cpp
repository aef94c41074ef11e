// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret_bytes.h"

#include <cstring>

namespace amana {

void secureWipe(void *data, std::size_t size)
{
    if (size > 0)
        explicit_bzero(data, size);
}

SecretBytes SecretBytes::fromText(std::string_view text)
{
    SecretBytes secret(text.size());
    if (!text.empty())
        std::memcpy(secret.m_bytes.data(), text.data(), text.size());
    return secret;
}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::move(other.m_bytes);
        other.m_bytes.clear();
    }
    return *this;
}

std::string_view SecretBytes::text() const
{
    return {reinterpret_cast<const char *>(m_bytes.data()), m_bytes.size()};
}

bool SecretBytes::equals(std::span<const std::uint8_t> other) const
{
    if (other.size() != m_bytes.size())
        return false;
    std::uint8_t difference = 0;
    for (std::size_t i = 0; i < other.size(); ++i)
        difference |= static_cast<std::uint8_t>(m_bytes[i] ^ other[i]);
    return difference == 0;
}

void SecretBytes::wipe()
{
    secureWipe(m_bytes.data(), m_bytes.size());
    m_bytes.clear();
}

} // namespace amana
