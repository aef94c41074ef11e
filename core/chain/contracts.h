// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The typed binding to the contracts, one header each.
#include "core/chain/access_grants.h"
#include "core/chain/dataset_registry.h"
#include "core/chain/identity_registry.h"
#include "core/chain/market.h"
