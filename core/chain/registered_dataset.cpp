// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/chain/registered_dataset.h"

namespace amana::chain {

Result<Dataset> registeredDataset(const Chain &chain, EventIndex &index, std::uint64_t id)
{
    AMANA_TRY(const DatasetEntry entry, DatasetRegistry(chain).entry(id));
    AMANA_TRY(auto known, index.dataset(id));
    if (!known || known->dataset.commitment != entry.commitment) {
        AMANA_CHECK(index.sync(chain));
        AMANA_TRY(known, index.dataset(id));
    }
    if (!known || commitmentOf(known->dataset) != entry.commitment)
        return fail(ErrorCode::ChainBadReply, {{"what", "commitment"}});
    Dataset dataset;
    static_cast<DatasetEntry &>(dataset) = entry;
    static_cast<Details &>(dataset) = known->dataset;
    return dataset;
}

} // namespace amana::chain
