// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/chain/abi.h"
#include "core/chain/binding.h"
#include "core/chain/network.h"

#include <optional>
#include <string>

/// Turning logs into values. Internal to core/chain.
namespace amana::chain {

/// An event that the binding knows; indexed arguments first, then the others, in their order.
struct DecodedEvent {
    std::string name;
    AbiList arguments;

    // The binding's types say what stands where; a test compares them with the ABIs.
    [[nodiscard]] std::uint64_t number(std::size_t i) const
    {
        return *std::get<Uint256>(arguments[i]).toUint64();
    }
    [[nodiscard]] const Address &address(std::size_t i) const { return std::get<Address>(arguments[i]); }
    [[nodiscard]] bool flag(std::size_t i) const { return std::get<bool>(arguments[i]); }
    [[nodiscard]] const QByteArray &bytes(std::size_t i) const { return std::get<QByteArray>(arguments[i]); }
};

/// Nothing for an event of another kind; ChainAbiMalformed for a log that does not fit its event.
[[nodiscard]] Result<std::optional<DecodedEvent>> decodeEvent(const Log &log,
                                                              const ContractAddresses &contracts);

/// As decodeEvent for one kind of event, whichever contract said it.
[[nodiscard]] Result<std::optional<DecodedEvent>> decodeAs(const Log &log, const binding::Event &event);

[[nodiscard]] Digest digestOf(const QByteArray &bytes32);

} // namespace amana::chain
