// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bytes.h"

#include <string_view>
#include <vector>

/// Every function, and every event, of the contracts that the binding uses, by contract. A test recomputes
/// selectors, results and topics from the shipped ABIs. Internal to core/chain and its tests.
namespace amana::chain::binding {

struct Function {
    std::string_view contract;
    std::string_view signature;
    std::string_view returns; ///< a tuple type; "()" for none
};

inline constexpr Function kGovernor{"IdentityRegistry", "governor()", "(address)"};
inline constexpr Function kSetInstitution{"IdentityRegistry", "setInstitution(uint32,address,bool)", "()"};
inline constexpr Function kSetMember{"IdentityRegistry", "setMember(address,uint32,uint32,uint40)", "()"};
inline constexpr Function kSuspend{"IdentityRegistry", "suspend(address,bool)", "()"};
inline constexpr Function kSetKey{"IdentityRegistry", "setKey(uint8,bytes)", "(uint16)"};
inline constexpr Function kInstitutionOf{"IdentityRegistry", "institutionOf(uint32)",
                                         "((address,uint40,bool))"};
inline constexpr Function kMemberOf{"IdentityRegistry", "memberOf(address)",
                                    "((uint32,uint32,uint40,uint16,bool))"};
inline constexpr Function kKeyOf{"IdentityRegistry", "keyOf(address,uint16)", "(uint8,bytes32)"};

inline constexpr Function kPublish{
    "DatasetRegistry",
    "publish((uint8,uint8,uint8,uint64,uint128,bytes32,bytes32,bytes32,bytes32,address[]))", "(uint64)"};
inline constexpr Function kWithdraw{"DatasetRegistry", "withdraw(uint64)", "()"};
inline constexpr Function kGet{
    "DatasetRegistry", "get(uint64)",
    "((address,uint32,uint8,uint8,uint8,uint8,uint32,uint64,uint128,bytes32,bytes32,bytes32,bytes32))"};
inline constexpr Function kCustodiansOf{"DatasetRegistry", "custodiansOf(uint64)", "(address[])"};
inline constexpr Function kIsCustodian{"DatasetRegistry", "isCustodian(uint64,address)", "(bool)"};
inline constexpr Function kByCid{"DatasetRegistry", "byCid(bytes32)", "(uint64)"};
inline constexpr Function kDatasetCount{"DatasetRegistry", "count()", "(uint64)"};

inline constexpr Function kRequest{"AccessGrants", "request(uint64,uint8,uint40,bytes32)", "(uint64)"};
inline constexpr Function kResubmit{"AccessGrants", "resubmit(uint64,uint8,uint40,bytes32)", "()"};
inline constexpr Function kReturnForChanges{"AccessGrants", "returnForChanges(uint64,bytes32)", "()"};
inline constexpr Function kApprove{"AccessGrants", "approve(uint64,uint32,uint16,bytes,bytes32)", "()"};
inline constexpr Function kDeny{"AccessGrants", "deny(uint64,bytes32)", "()"};
inline constexpr Function kCancel{"AccessGrants", "cancel(uint64)", "()"};
inline constexpr Function kRevoke{"AccessGrants", "revoke(uint64)", "()"};
inline constexpr Function kStateOf{"AccessGrants", "stateOf(uint64)", "(uint8)"};
inline constexpr Function kRequestOf{"AccessGrants", "requestOf(uint64)",
                                     "((address,uint64,uint8,uint8,uint32,uint16,uint8,uint40,uint40))"};
inline constexpr Function kIsAllowed{"AccessGrants", "isAllowed(uint64)", "(bool)"};
inline constexpr Function kRequestCount{"AccessGrants", "count()", "(uint64)"};

inline constexpr Function kFunctions[] = {
    kGovernor,     kSetInstitution, kSetMember, kSuspend,   kSetKey,           kInstitutionOf, kMemberOf,
    kKeyOf,        kPublish,        kWithdraw,  kGet,       kCustodiansOf,     kIsCustodian,   kByCid,
    kDatasetCount, kRequest,        kResubmit,  kApprove,   kReturnForChanges, kDeny,          kCancel,
    kRevoke,       kStateOf,        kRequestOf, kIsAllowed, kRequestCount};

struct Event {
    std::string_view contract;
    std::string_view signature;
    std::string_view indexed; ///< types of the topics after the first, as a tuple
    std::string_view data;    ///< types of the other arguments, as a tuple
};

inline constexpr Event kInstitutionSet{"IdentityRegistry", "InstitutionSet(uint32,address,bool)",
                                       "(uint32,address)", "(bool)"};
inline constexpr Event kMemberSet{"IdentityRegistry", "MemberSet(address,uint32,uint32,uint40)",
                                  "(address,uint32)", "(uint32,uint40)"};
inline constexpr Event kMemberSuspended{"IdentityRegistry", "MemberSuspended(address,bool)", "(address)",
                                        "(bool)"};
inline constexpr Event kKeySet{"IdentityRegistry", "KeySet(address,uint16,uint8,bytes)", "(address)",
                               "(uint16,uint8,bytes)"};
inline constexpr Event kDatasetPublished{
    "DatasetRegistry",
    "DatasetPublished(uint64,address,uint32,(uint8,uint8,uint8,uint64,uint128,bytes32,bytes32,bytes32,"
    "bytes32,address[]))",
    "(uint64,address,uint32)",
    "((uint8,uint8,uint8,uint64,uint128,bytes32,bytes32,bytes32,bytes32,address[]))"};
inline constexpr Event kDatasetWithdrawn{"DatasetRegistry", "DatasetWithdrawn(uint64,address)",
                                         "(uint64,address)", "()"};
inline constexpr Event kAccessRequested{
    "AccessGrants", "AccessRequested(uint64,uint64,address,uint8,uint40,uint32,uint16,bytes32)",
    "(uint64,uint64,address)", "(uint8,uint40,uint32,uint16,bytes32)"};
inline constexpr Event kAccessVoted{"AccessGrants", "AccessVoted(uint64,address,uint8)", "(uint64,address)",
                                    "(uint8)"};
inline constexpr Event kAccessApproved{"AccessGrants",
                                       "AccessApproved(uint64,uint64,address,uint40,bytes32,bytes)",
                                       "(uint64,uint64,address)", "(uint40,bytes32,bytes)"};
inline constexpr Event kAccessReturned{"AccessGrants", "AccessReturned(uint64,address,bytes32)",
                                       "(uint64,address)", "(bytes32)"};
inline constexpr Event kAccessDenied{"AccessGrants", "AccessDenied(uint64,address,bytes32)",
                                     "(uint64,address)", "(bytes32)"};
inline constexpr Event kAccessCancelled{"AccessGrants", "AccessCancelled(uint64)", "(uint64)", "()"};
inline constexpr Event kAccessRevoked{"AccessGrants", "AccessRevoked(uint64,address)", "(uint64,address)",
                                      "()"};

inline constexpr Event kEvents[] = {kInstitutionSet,   kMemberSet,        kMemberSuspended, kKeySet,
                                    kDatasetPublished, kDatasetWithdrawn, kAccessRequested, kAccessVoted,
                                    kAccessApproved,   kAccessReturned,   kAccessDenied,    kAccessCancelled,
                                    kAccessRevoked};

} // namespace amana::chain::binding
