// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace amana {

/// Bytes that must not outlive their use: move-only, wiped on destruction, comparable in constant time.
/// Never converted to QString, QVariant, settings or log.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size) : m_bytes(size) {}
    explicit SecretBytes(std::span<const std::uint8_t> bytes) : m_bytes(bytes.begin(), bytes.end()) {}
    static SecretBytes fromText(std::string_view text);

    SecretBytes(SecretBytes &&other) noexcept : m_bytes(std::move(other.m_bytes)) { other.m_bytes.clear(); }
    SecretBytes &operator=(SecretBytes &&other) noexcept;
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;
    ~SecretBytes() { wipe(); }

    /// A copy is a decision: it must be written out.
    [[nodiscard]] SecretBytes clone() const { return SecretBytes(view()); }

    [[nodiscard]] std::span<const std::uint8_t> view() const { return m_bytes; }
    [[nodiscard]] std::span<std::uint8_t> writable() { return m_bytes; }
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] const std::uint8_t *data() const { return m_bytes.data(); }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] bool empty() const { return m_bytes.empty(); }
    [[nodiscard]] bool equals(std::span<const std::uint8_t> other) const;

    void wipe();

private:
    std::vector<std::uint8_t> m_bytes;
};

/// Overwrites memory in a way the compiler may not remove.
void secureWipe(void *data, std::size_t size);

} // namespace amana
