// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <QByteArray>

#include <cstdint>
#include <string>
#include <vector>

/// The file by which one anchored reading is shown to somebody: see READINGS.md.
namespace amana::sharing {

struct ReadingProof {
    std::uint64_t chainId = 0;
    Address contract{};       ///< the DatasetRegistry
    std::uint64_t batch = 0;
    std::uint64_t readings = 0; ///< of the batch
    Digest root{};
    std::uint64_t index = 0;  ///< from 0, as the publisher says: the tree proves membership, not the place
    Digest salt{};
    std::string reading;      ///< canonical
    std::vector<Digest> siblings;

    bool operator==(const ReadingProof &) const = default;
};

/// H(0x00 ‖ salt ‖ reading): what the registry is asked about.
[[nodiscard]] Digest leafOf(const ReadingProof &proof);
/// Whether the reading leads to the root that the file names. ReadingsProofWrong. It says nothing about the chain.
[[nodiscard]] Status checkProof(const ReadingProof &proof);

[[nodiscard]] QByteArray proofToJson(const ReadingProof &proof);
/// ReadingsProofMalformed{place}: also for more than 2^40 readings, more than 64 siblings, a file above 4 MiB.
[[nodiscard]] Result<ReadingProof> proofFromJson(const QByteArray &json);
/// Whether a file is meant to be a proof, by its member "type".
[[nodiscard]] bool isProofFile(const QByteArray &json);

} // namespace amana::sharing
