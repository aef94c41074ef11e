// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/content/kubo.h"

namespace amana::content {

struct KuboUpload {
    std::uint64_t blocks = 0; ///< sent
    std::uint64_t bytes = 0;  ///< of these blocks
};

/// Gives the graph under `root` to a node and pins it: when this succeeds, the node has said that it keeps all of it.
/// Blocks go children first in requests of at most 16 MiB, and before that the node is asked what it has; so whoever
/// was interrupted calls again, and only what is missing is sent. When the pin does not come about (a garbage collection
/// came in between), each block is asked for and what is missing is sent once more. Failures of KuboNode and of
/// `source`, DagMalformed, DagTooLarge. Progress counts bytes of blocks to be sent. Cancelled leaves unpinned blocks,
/// which the node may drop.
[[nodiscard]] Result<KuboUpload> uploadToKubo(const KuboNode &node, const BlockSource &source, const Cid &root,
                                              const std::string &name, const PinPatience &patience = {},
                                              const Progress &progress = {});

} // namespace amana::content
