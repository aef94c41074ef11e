// SPDX-License-Identifier: GPL-3.0-or-later
// Written by contracts/tools/generate-binding.mjs from resources/contracts; do not edit.
// clang-format off
#pragma once

#include <cstdint>
#include <string_view>

/// Every function, event and error of the contracts that the client calls. A test recomputes selectors, topics and
/// types from the shipped ABIs.
namespace amana::chain::binding {

struct Function {
    std::string_view contract;
    std::string_view signature;
    std::string_view returns; ///< a tuple type; "()" for none
    std::uint32_t selector;   ///< first four bytes of keccak256(signature)
};

struct Event {
    std::string_view contract;
    std::string_view signature;
    std::string_view indexed; ///< types of the topics after the first, as a tuple
    std::string_view data;    ///< types of the other arguments, as a tuple
    std::string_view topic;   ///< keccak256(signature), hex
};

struct Refusal {
    std::string_view contract;
    std::string_view signature;
    std::uint32_t selector; ///< first four bytes of keccak256(signature)
};

namespace identity {
inline constexpr Function kDefaultAdminRole{"IdentityRegistry", "DEFAULT_ADMIN_ROLE()", "(bytes32)", 0xa217fddf};
inline constexpr Function kGuardian{"IdentityRegistry", "GUARDIAN()", "(bytes32)", 0x724c184c};
inline constexpr Function kUpgrader{"IdentityRegistry", "UPGRADER()", "(bytes32)", 0x930c83d5};
inline constexpr Function kUpgradeInterfaceVersion{"IdentityRegistry", "UPGRADE_INTERFACE_VERSION()", "(string)", 0xad3cb1cc};
inline constexpr Function kAcceptDefaultAdminTransfer{"IdentityRegistry", "acceptDefaultAdminTransfer()", "()", 0xcefc1429};
inline constexpr Function kBeginDefaultAdminTransfer{"IdentityRegistry", "beginDefaultAdminTransfer(address)", "()", 0x634e93da};
inline constexpr Function kCancelDefaultAdminTransfer{"IdentityRegistry", "cancelDefaultAdminTransfer()", "()", 0xd602b9fd};
inline constexpr Function kChangeDefaultAdminDelay{"IdentityRegistry", "changeDefaultAdminDelay(uint48)", "()", 0x649a5ec7};
inline constexpr Function kDefaultAdmin{"IdentityRegistry", "defaultAdmin()", "(address)", 0x84ef8ffc};
inline constexpr Function kDefaultAdminDelay{"IdentityRegistry", "defaultAdminDelay()", "(uint48)", 0xcc8463c8};
inline constexpr Function kDefaultAdminDelayIncreaseWait{"IdentityRegistry", "defaultAdminDelayIncreaseWait()", "(uint48)", 0x022d63fb};
inline constexpr Function kGetRoleAdmin{"IdentityRegistry", "getRoleAdmin(bytes32)", "(bytes32)", 0x248a9ca3};
inline constexpr Function kGovernor{"IdentityRegistry", "governor()", "(address)", 0x0c340a24};
inline constexpr Function kGrantRole{"IdentityRegistry", "grantRole(bytes32,address)", "()", 0x2f2ff15d};
inline constexpr Function kHasRole{"IdentityRegistry", "hasRole(bytes32,address)", "(bool)", 0x91d14854};
inline constexpr Function kInitialize{"IdentityRegistry", "initialize(address,address,address)", "()", 0xc0c53b8b};
inline constexpr Function kInstitutionOf{"IdentityRegistry", "institutionOf(uint32)", "((address,uint40,bool))", 0xcdf04ac5};
inline constexpr Function kIsAdministrator{"IdentityRegistry", "isAdministrator(uint32,address)", "(bool)", 0x75e8979e};
inline constexpr Function kKeyOf{"IdentityRegistry", "keyOf(address,uint16)", "(uint8,bytes32,bool)", 0x3c657b6f};
inline constexpr Function kMemberOf{"IdentityRegistry", "memberOf(address)", "((uint32,uint32,uint40,uint40,uint16,bool,bool))", 0x3b4c9891};
inline constexpr Function kOwner{"IdentityRegistry", "owner()", "(address)", 0x8da5cb5b};
inline constexpr Function kPause{"IdentityRegistry", "pause()", "()", 0x8456cb59};
inline constexpr Function kPaused{"IdentityRegistry", "paused()", "(bool)", 0x5c975abb};
inline constexpr Function kPendingDefaultAdmin{"IdentityRegistry", "pendingDefaultAdmin()", "(address,uint48)", 0xcf6eefb7};
inline constexpr Function kPendingDefaultAdminDelay{"IdentityRegistry", "pendingDefaultAdminDelay()", "(uint48,uint48)", 0xa1eda53c};
inline constexpr Function kProxiableUUID{"IdentityRegistry", "proxiableUUID()", "(bytes32)", 0x52d1902d};
inline constexpr Function kRenounceRole{"IdentityRegistry", "renounceRole(bytes32,address)", "()", 0x36568abe};
inline constexpr Function kRequireMember{"IdentityRegistry", "requireMember(address,uint32)", "(uint16)", 0xfa7ea40e};
inline constexpr Function kRequireRole{"IdentityRegistry", "requireRole(address,uint32)", "(uint32,uint16)", 0x073879be};
inline constexpr Function kRevokeKey{"IdentityRegistry", "revokeKey(address,uint16)", "()", 0xcfadd0e1};
inline constexpr Function kRevokeRole{"IdentityRegistry", "revokeRole(bytes32,address)", "()", 0xd547741f};
inline constexpr Function kRollbackDefaultAdminDelay{"IdentityRegistry", "rollbackDefaultAdminDelay()", "()", 0x0aa6220b};
inline constexpr Function kSetInstitution{"IdentityRegistry", "setInstitution(uint32,address,bool)", "()", 0x18f6050e};
inline constexpr Function kSetKey{"IdentityRegistry", "setKey(uint8,bytes)", "(uint16)", 0x833969a7};
inline constexpr Function kSetMember{"IdentityRegistry", "setMember(address,uint32,uint32,uint40,uint40)", "()", 0x11264c32};
inline constexpr Function kSupportsInterface{"IdentityRegistry", "supportsInterface(bytes4)", "(bool)", 0x01ffc9a7};
inline constexpr Function kSuspend{"IdentityRegistry", "suspend(address,bool)", "()", 0xc8422a6b};
inline constexpr Function kUnpause{"IdentityRegistry", "unpause()", "()", 0x3f4ba83a};
inline constexpr Function kUpgradeToAndCall{"IdentityRegistry", "upgradeToAndCall(address,bytes)", "()", 0x4f1ef286};
inline constexpr Event kDefaultAdminDelayChangeCanceledEvent{"IdentityRegistry", "DefaultAdminDelayChangeCanceled()", "()", "()", "2b1fa2edafe6f7b9e97c1a9e0c3660e645beb2dcaa2d45bdbf9beaf5472e1ec5"};
inline constexpr Event kDefaultAdminDelayChangeScheduledEvent{"IdentityRegistry", "DefaultAdminDelayChangeScheduled(uint48,uint48)", "()", "(uint48,uint48)", "f1038c18cf84a56e432fdbfaf746924b7ea511dfe03a6506a0ceba4888788d9b"};
inline constexpr Event kDefaultAdminTransferCanceledEvent{"IdentityRegistry", "DefaultAdminTransferCanceled()", "()", "()", "8886ebfc4259abdbc16601dd8fb5678e54878f47b3c34836cfc51154a9605109"};
inline constexpr Event kDefaultAdminTransferScheduledEvent{"IdentityRegistry", "DefaultAdminTransferScheduled(address,uint48)", "(address)", "(uint48)", "3377dc44241e779dd06afab5b788a35ca5f3b778836e2990bdb26a2a4b2e5ed6"};
inline constexpr Event kInitializedEvent{"IdentityRegistry", "Initialized(uint64)", "()", "(uint64)", "c7f505b2f371ae2175ee4913f4499e1f2633a7b5936321eed1cdaeb6115181d2"};
inline constexpr Event kInstitutionSetEvent{"IdentityRegistry", "InstitutionSet(uint32,address,bool)", "(uint32,address)", "(bool)", "3099e61d8c2f365424e8616a955ea9fc6867e4817c9aea45ea99b0087a2778b6"};
inline constexpr Event kKeyRevokedEvent{"IdentityRegistry", "KeyRevoked(address,uint16,address)", "(address,address)", "(uint16)", "e4982d13d9ecb10d23193a8e522f2773632e0c301b899911f7fa1f300674caba"};
inline constexpr Event kKeySetEvent{"IdentityRegistry", "KeySet(address,uint16,uint8,bytes)", "(address)", "(uint16,uint8,bytes)", "7976f50b7fa82e9000dcaf0e173e0cd775ebd608af240ff22fb30a4db625bbba"};
inline constexpr Event kMemberSetEvent{"IdentityRegistry", "MemberSet(address,uint32,uint32,uint40,uint40)", "(address,uint32)", "(uint32,uint40,uint40)", "6b6ee23281c2eb7852353f3e56fa9046487fb53e1d9250ba1279eb09d49e08da"};
inline constexpr Event kMemberSuspendedEvent{"IdentityRegistry", "MemberSuspended(address,bool)", "(address)", "(bool)", "60fb612fa123ccde553d4cf40a3552723e4719761c46905a8940b060c1b272c6"};
inline constexpr Event kPausedEvent{"IdentityRegistry", "Paused(address)", "(address)", "()", "62e78cea01bee320cd4e420270b5ea74000d11b0c9f74754ebdbfc544b05a258"};
inline constexpr Event kRoleAdminChangedEvent{"IdentityRegistry", "RoleAdminChanged(bytes32,bytes32,bytes32)", "(bytes32,bytes32,bytes32)", "()", "bd79b86ffe0ab8e8776151514217cd7cacd52c909f66475c3af44e129f0b00ff"};
inline constexpr Event kRoleGrantedEvent{"IdentityRegistry", "RoleGranted(bytes32,address,address)", "(bytes32,address,address)", "()", "2f8788117e7eff1d82e926ec794901d17c78024a50270940304540a733656f0d"};
inline constexpr Event kRoleRevokedEvent{"IdentityRegistry", "RoleRevoked(bytes32,address,address)", "(bytes32,address,address)", "()", "f6391f5c32d9c69d2a47ea670b442974b53935d1edc7fd64eb21e047a839171b"};
inline constexpr Event kUnpausedEvent{"IdentityRegistry", "Unpaused(address)", "(address)", "()", "5db9ee0a495bf2e6ff9c91a7834c1ba4fdd244a5e8aa4e537bd38aeae4b073aa"};
inline constexpr Event kUpgradedEvent{"IdentityRegistry", "Upgraded(address)", "(address)", "()", "bc7cd75a20ee27fd9adebab32041f755214dbc6bffa90cc0225b39da2e5c2d3b"};
inline constexpr Refusal kAccessControlBadConfirmationRefusal{"IdentityRegistry", "AccessControlBadConfirmation()", 0x6697b232};
inline constexpr Refusal kAccessControlEnforcedDefaultAdminDelayRefusal{"IdentityRegistry", "AccessControlEnforcedDefaultAdminDelay(uint48)", 0x19ca5ebb};
inline constexpr Refusal kAccessControlEnforcedDefaultAdminRulesRefusal{"IdentityRegistry", "AccessControlEnforcedDefaultAdminRules()", 0x3fc3c27a};
inline constexpr Refusal kAccessControlInvalidDefaultAdminRefusal{"IdentityRegistry", "AccessControlInvalidDefaultAdmin(address)", 0xc22c8022};
inline constexpr Refusal kAccessControlUnauthorizedAccountRefusal{"IdentityRegistry", "AccessControlUnauthorizedAccount(address,bytes32)", 0xe2517d3f};
inline constexpr Refusal kAddressEmptyCodeRefusal{"IdentityRegistry", "AddressEmptyCode(address)", 0x9996b315};
inline constexpr Refusal kERC1967InvalidImplementationRefusal{"IdentityRegistry", "ERC1967InvalidImplementation(address)", 0x4c9c8ce3};
inline constexpr Refusal kERC1967NonPayableRefusal{"IdentityRegistry", "ERC1967NonPayable()", 0xb398979f};
inline constexpr Refusal kFailedCallRefusal{"IdentityRegistry", "FailedCall()", 0xd6bda275};
inline constexpr Refusal kInstitutionInactiveRefusal{"IdentityRegistry", "InstitutionInactive(uint32)", 0x138d0691};
inline constexpr Refusal kInvalidArgumentRefusal{"IdentityRegistry", "InvalidArgument(bytes32)", 0xbe113e65};
inline constexpr Refusal kInvalidInitializationRefusal{"IdentityRegistry", "InvalidInitialization()", 0xf92ee8a9};
inline constexpr Refusal kIsPausedRefusal{"IdentityRegistry", "IsPaused()", 0x1309a563};
inline constexpr Refusal kKeyRevokedAlreadyRefusal{"IdentityRegistry", "KeyRevokedAlready(address,uint16)", 0xe0c16692};
inline constexpr Refusal kMemberExpiredRefusal{"IdentityRegistry", "MemberExpired(address,uint40)", 0x4e558250};
inline constexpr Refusal kMemberIsSuspendedRefusal{"IdentityRegistry", "MemberIsSuspended(address)", 0xc55880a9};
inline constexpr Refusal kMemberNotYetValidRefusal{"IdentityRegistry", "MemberNotYetValid(address,uint40)", 0xd41fa5cc};
inline constexpr Refusal kMissingRoleRefusal{"IdentityRegistry", "MissingRole(address,uint32)", 0xdbbbca25};
inline constexpr Refusal kNotAdminRefusal{"IdentityRegistry", "NotAdmin(uint32,address)", 0xb60cd917};
inline constexpr Refusal kNotGovernorRefusal{"IdentityRegistry", "NotGovernor(address)", 0xad0550d5};
inline constexpr Refusal kNotGuardianRefusal{"IdentityRegistry", "NotGuardian(address)", 0xa252c151};
inline constexpr Refusal kNotInitializingRefusal{"IdentityRegistry", "NotInitializing()", 0xd7e6bcf8};
inline constexpr Refusal kNotMemberRefusal{"IdentityRegistry", "NotMember(address)", 0x16d6142c};
inline constexpr Refusal kNotUpgraderRefusal{"IdentityRegistry", "NotUpgrader(address)", 0x1de46795};
inline constexpr Refusal kSafeCastOverflowedUintDowncastRefusal{"IdentityRegistry", "SafeCastOverflowedUintDowncast(uint8,uint256)", 0x6dfcc650};
inline constexpr Refusal kUUPSUnauthorizedCallContextRefusal{"IdentityRegistry", "UUPSUnauthorizedCallContext()", 0xe07c8dba};
inline constexpr Refusal kUUPSUnsupportedProxiableUUIDRefusal{"IdentityRegistry", "UUPSUnsupportedProxiableUUID(bytes32)", 0xaa1d49a4};
inline constexpr Refusal kUnknownKeyRefusal{"IdentityRegistry", "UnknownKey(address,uint16)", 0x8d446ce3};
} // namespace identity

namespace datasets {
inline constexpr Function kUpgradeInterfaceVersion{"DatasetRegistry", "UPGRADE_INTERFACE_VERSION()", "(string)", 0xad3cb1cc};
inline constexpr Function kAcceptCustody{"DatasetRegistry", "acceptCustody(uint64,address,bytes32)", "()", 0x10132876};
inline constexpr Function kAcceptCustodyBySig{"DatasetRegistry", "acceptCustodyBySig(uint64,address,bytes32,(address,uint256,bytes))", "()", 0x9faddeac};
inline constexpr Function kAnchorBatch{"DatasetRegistry", "anchorBatch(bytes32,uint64,bytes32)", "(uint64)", 0xaf666ad3};
inline constexpr Function kBatches{"DatasetRegistry", "batches()", "(uint64)", 0xcfdf677e};
inline constexpr Function kByCid{"DatasetRegistry", "byCid(bytes32)", "(uint64)", 0x8170e54f};
inline constexpr Function kCount{"DatasetRegistry", "count()", "(uint64)", 0x06661abd};
inline constexpr Function kDecision{"DatasetRegistry", "decision(uint64,address)", "(uint8,uint256)", 0x9da9d17d};
inline constexpr Function kEip712Domain{"DatasetRegistry", "eip712Domain()", "(bytes1,string,string,uint256,address,bytes32,uint256[])", 0x84b0196e};
inline constexpr Function kGet{"DatasetRegistry", "get(uint64)", "((address,uint32,uint64,uint8,uint8,uint8,uint8,uint8,bool,uint64,uint96,uint32,uint16,bytes32))", 0xada86798};
inline constexpr Function kIdentity{"DatasetRegistry", "identity()", "(address)", 0x2c159a1a};
inline constexpr Function kInitialize{"DatasetRegistry", "initialize()", "()", 0x8129fc1c};
inline constexpr Function kIsSubjectWithdrawn{"DatasetRegistry", "isSubjectWithdrawn(uint64,uint32)", "(bool)", 0x546b1db6};
inline constexpr Function kMatchesDetails{"DatasetRegistry", "matchesDetails(uint64,(bytes32,bytes32,bytes32,bytes32))", "(bool)", 0xe372d049};
inline constexpr Function kOfferCustody{"DatasetRegistry", "offerCustody(uint64,address)", "()", 0xaeacc1d5};
inline constexpr Function kOfferOf{"DatasetRegistry", "offerOf(uint64,address)", "((address,uint64))", 0x639418f7};
inline constexpr Function kOwnerOf{"DatasetRegistry", "ownerOf(uint64)", "(address)", 0x7903a617};
inline constexpr Function kPolicyOf{"DatasetRegistry", "policyOf(uint64)", "(uint256)", 0xb15eb364};
inline constexpr Function kProxiableUUID{"DatasetRegistry", "proxiableUUID()", "(bytes32)", 0x52d1902d};
inline constexpr Function kPublish{"DatasetRegistry", "publish((uint8,uint8,uint8,uint8,bool,uint64,uint96,uint64,(bytes32,bytes32,bytes32,bytes32),address[]))", "(uint64)", 0x7439c2ad};
inline constexpr Function kRevokeAll{"DatasetRegistry", "revokeAll(uint64)", "()", 0xff31127a};
inline constexpr Function kRevokeAllBySig{"DatasetRegistry", "revokeAllBySig(uint64,(address,uint256,bytes))", "()", 0x343b204e};
inline constexpr Function kSeatOf{"DatasetRegistry", "seatOf(uint64,address)", "(uint8)", 0x233292c9};
inline constexpr Function kUpgradeToAndCall{"DatasetRegistry", "upgradeToAndCall(address,bytes)", "()", 0x4f1ef286};
inline constexpr Function kVerifyLeaf{"DatasetRegistry", "verifyLeaf(uint64,bytes32,bytes32[])", "(bool)", 0x877cdbfd};
inline constexpr Function kWithdraw{"DatasetRegistry", "withdraw(uint64)", "()", 0x750f0acc};
inline constexpr Function kWithdrawSubject{"DatasetRegistry", "withdrawSubject(uint64,(bytes32,bytes32,bytes32,bytes32),uint32,bytes32,bytes32[])", "()", 0x9aecf7f8};
inline constexpr Function kWithdrawSubjectBySig{"DatasetRegistry", "withdrawSubjectBySig(uint64,(bytes32,bytes32,bytes32,bytes32),uint32,bytes32,bytes32[],(address,uint256,bytes))", "()", 0x5b738516};
inline constexpr Event kAllRevokedEvent{"DatasetRegistry", "AllRevoked(uint64,address,uint16)", "(uint64,address)", "(uint16)", "fe3be88e49e06eddead7e285568d95e1dab4e73a08a951e45f4d01a179f1131e"};
inline constexpr Event kBatchAnchoredEvent{"DatasetRegistry", "BatchAnchored(uint64,address,bytes32,uint64,bytes32)", "(uint64,address)", "(bytes32,uint64,bytes32)", "86c1f9b2156782c72df10e2684fab5f6607bd9668e1b9cb99ceba6f76476a247"};
inline constexpr Event kCustodyMovedEvent{"DatasetRegistry", "CustodyMoved(uint64,address,address,bytes32)", "(uint64,address,address)", "(bytes32)", "8d83755efaf3a18395dccf7547818a642b0b25ded55140d2afa0b0cd8d4d8de2"};
inline constexpr Event kCustodyOfferedEvent{"DatasetRegistry", "CustodyOffered(uint64,address,address,uint64)", "(uint64,address,address)", "(uint64)", "9b6971118cf8eb15033805cc95c842a721c5f5914cc0e09d6f9b903de8d61f1f"};
inline constexpr Event kDatasetPublishedEvent{"DatasetRegistry", "DatasetPublished(uint64,address,uint32,(uint8,uint8,uint8,uint8,bool,uint64,uint96,uint64,(bytes32,bytes32,bytes32,bytes32),address[]))", "(uint64,address,uint32)", "((uint8,uint8,uint8,uint8,bool,uint64,uint96,uint64,(bytes32,bytes32,bytes32,bytes32),address[]))", "c0c446e0f17a9dab5dcb0af196b584798d2ed7cc349bdebe1f6d0bbd1e1ca49b"};
inline constexpr Event kDatasetSupersededEvent{"DatasetRegistry", "DatasetSuperseded(uint64,uint64)", "(uint64,uint64)", "()", "afdd673045a5de13e1bd28865e93984e85387b6671c97248f1965b204b0747d2"};
inline constexpr Event kDatasetWithdrawnEvent{"DatasetRegistry", "DatasetWithdrawn(uint64,address)", "(uint64,address)", "()", "825870fb95d68d900fe6783ba79a4037a1e3bb85739031bca785742393af8063"};
inline constexpr Event kInitializedEvent{"DatasetRegistry", "Initialized(uint64)", "()", "(uint64)", "c7f505b2f371ae2175ee4913f4499e1f2633a7b5936321eed1cdaeb6115181d2"};
inline constexpr Event kSubjectWithdrawnEvent{"DatasetRegistry", "SubjectWithdrawn(uint64,uint32,uint32)", "(uint64)", "(uint32,uint32)", "532f8c49fe23cdcbe539048a00d152b13ba17a9f060185bfbd66ef01b96207d7"};
inline constexpr Event kUpgradedEvent{"DatasetRegistry", "Upgraded(address)", "(address)", "()", "bc7cd75a20ee27fd9adebab32041f755214dbc6bffa90cc0225b39da2e5c2d3b"};
inline constexpr Refusal kAddressEmptyCodeRefusal{"DatasetRegistry", "AddressEmptyCode(address)", 0x9996b315};
inline constexpr Refusal kAlreadyWithdrawnRefusal{"DatasetRegistry", "AlreadyWithdrawn(uint64,uint32)", 0x12186d97};
inline constexpr Refusal kBadCustodianRefusal{"DatasetRegistry", "BadCustodian(address)", 0x925b854d};
inline constexpr Refusal kBadProofRefusal{"DatasetRegistry", "BadProof()", 0x7ca55c77};
inline constexpr Refusal kBadSignatureRefusal{"DatasetRegistry", "BadSignature(address)", 0x9a7d38d9};
inline constexpr Refusal kBadThresholdRefusal{"DatasetRegistry", "BadThreshold(uint8,uint256)", 0x36c8e330};
inline constexpr Refusal kCidExistsRefusal{"DatasetRegistry", "CidExists(uint64)", 0x3ef1a5f1};
inline constexpr Refusal kDetailsMismatchRefusal{"DatasetRegistry", "DetailsMismatch(uint64)", 0x964a7671};
inline constexpr Refusal kERC1967InvalidImplementationRefusal{"DatasetRegistry", "ERC1967InvalidImplementation(address)", 0x4c9c8ce3};
inline constexpr Refusal kERC1967NonPayableRefusal{"DatasetRegistry", "ERC1967NonPayable()", 0xb398979f};
inline constexpr Refusal kERC5267ExtensionsNotSupportedRefusal{"DatasetRegistry", "ERC5267ExtensionsNotSupported()", 0xdb00f904};
inline constexpr Refusal kFailedCallRefusal{"DatasetRegistry", "FailedCall()", 0xd6bda275};
inline constexpr Refusal kGenerationLimitRefusal{"DatasetRegistry", "GenerationLimit(uint64)", 0xac6c90a3};
inline constexpr Refusal kInvalidArgumentRefusal{"DatasetRegistry", "InvalidArgument(bytes32)", 0xbe113e65};
inline constexpr Refusal kInvalidInitializationRefusal{"DatasetRegistry", "InvalidInitialization()", 0xf92ee8a9};
inline constexpr Refusal kNoOfferRefusal{"DatasetRegistry", "NoOffer(uint64,address,address)", 0x61dd8c25};
inline constexpr Refusal kNotCustodianRefusal{"DatasetRegistry", "NotCustodian(uint64,address)", 0x5da690bc};
inline constexpr Refusal kNotInitializingRefusal{"DatasetRegistry", "NotInitializing()", 0xd7e6bcf8};
inline constexpr Refusal kNotOwnerRefusal{"DatasetRegistry", "NotOwner(uint64,address)", 0x4b9d219f};
inline constexpr Refusal kNotPublishedRefusal{"DatasetRegistry", "NotPublished(uint64)", 0xcc187299};
inline constexpr Refusal kNotUpgraderRefusal{"DatasetRegistry", "NotUpgrader(address)", 0x1de46795};
inline constexpr Refusal kSignatureExpiredRefusal{"DatasetRegistry", "SignatureExpired(uint256)", 0xcd21db4f};
inline constexpr Refusal kUUPSUnauthorizedCallContextRefusal{"DatasetRegistry", "UUPSUnauthorizedCallContext()", 0xe07c8dba};
inline constexpr Refusal kUUPSUnsupportedProxiableUUIDRefusal{"DatasetRegistry", "UUPSUnsupportedProxiableUUID(bytes32)", 0xaa1d49a4};
inline constexpr Refusal kUnknownBatchRefusal{"DatasetRegistry", "UnknownBatch(uint64)", 0x29323fff};
inline constexpr Refusal kUnknownDatasetRefusal{"DatasetRegistry", "UnknownDataset(uint64)", 0xe8d781f7};
inline constexpr Refusal kWithdrawnAlreadyRefusal{"DatasetRegistry", "WithdrawnAlready(uint64)", 0xcbcc0fc0};
} // namespace datasets

namespace access {
inline constexpr Function kUpgradeInterfaceVersion{"AccessGrants", "UPGRADE_INTERFACE_VERSION()", "(string)", 0xad3cb1cc};
inline constexpr Function kApprove{"AccessGrants", "approve(uint256,bytes)", "()", 0xf4294f73};
inline constexpr Function kApproveBySig{"AccessGrants", "approveBySig(uint256,bytes32,bytes,(address,uint256,bytes))", "()", 0x2c698986};
inline constexpr Function kApproveStored{"AccessGrants", "approveStored(uint256,bytes32)", "()", 0x93adc081};
inline constexpr Function kBreakGlass{"AccessGrants", "breakGlass(uint64,bytes32)", "()", 0xcaf56d6f};
inline constexpr Function kCancel{"AccessGrants", "cancel(uint64)", "()", 0x4c125e79};
inline constexpr Function kCount{"AccessGrants", "count()", "(uint64)", 0x06661abd};
inline constexpr Function kDatasets{"AccessGrants", "datasets()", "(address)", 0xab2d10f7};
inline constexpr Function kDeny{"AccessGrants", "deny(uint64,bytes32)", "()", 0x53d221c1};
inline constexpr Function kDenyBySig{"AccessGrants", "denyBySig(uint64,bytes32,(address,uint256,bytes))", "()", 0xdeb201af};
inline constexpr Function kEip712Domain{"AccessGrants", "eip712Domain()", "(bytes1,string,string,uint256,address,bytes32,uint256[])", 0x84b0196e};
inline constexpr Function kEmergenciesOf{"AccessGrants", "emergenciesOf(address)", "((uint64,uint40)[4])", 0x36d54cd1};
inline constexpr Function kIdentity{"AccessGrants", "identity()", "(address)", 0x2c159a1a};
inline constexpr Function kInitialize{"AccessGrants", "initialize()", "()", 0x8129fc1c};
inline constexpr Function kIsAllowed{"AccessGrants", "isAllowed(uint64)", "(bool)", 0xfb8661bf};
inline constexpr Function kIsAllowedInEmergency{"AccessGrants", "isAllowedInEmergency(uint64,address)", "(bool)", 0x55304aa6};
inline constexpr Function kMarket{"AccessGrants", "market()", "(address)", 0x80f55605};
inline constexpr Function kPartiesOf{"AccessGrants", "partiesOf(uint64)", "(address,uint64,uint8)", 0xdf94ed1b};
inline constexpr Function kProxiableUUID{"AccessGrants", "proxiableUUID()", "(bytes32)", 0x52d1902d};
inline constexpr Function kRequest{"AccessGrants", "request(uint64,uint8,uint64,uint40,bytes32)", "(uint64)", 0x9b48a7b9};
inline constexpr Function kRequestOf{"AccessGrants", "requestOf(uint64)", "((address,uint64,uint8,uint8,uint32,uint16,uint8,uint40))", 0xbce43d63};
inline constexpr Function kResubmit{"AccessGrants", "resubmit(uint64,uint8,uint64,uint40,bytes32)", "()", 0xdbc39f0b};
inline constexpr Function kReturnBySig{"AccessGrants", "returnBySig(uint64,bytes32,(address,uint256,bytes))", "()", 0x989731a7};
inline constexpr Function kReturnForChanges{"AccessGrants", "returnForChanges(uint64,bytes32)", "()", 0xd31d34eb};
inline constexpr Function kReviewBreakGlass{"AccessGrants", "reviewBreakGlass(address,uint64,bool,bytes32)", "()", 0xc30d244a};
inline constexpr Function kRevoke{"AccessGrants", "revoke(uint64)", "()", 0xa954d8e0};
inline constexpr Function kRevokeBySig{"AccessGrants", "revokeBySig(uint64,(address,uint256,bytes))", "()", 0x339ad32b};
inline constexpr Function kStateOf{"AccessGrants", "stateOf(uint64)", "(uint8)", 0x38e1d9a1};
inline constexpr Function kUpgradeToAndCall{"AccessGrants", "upgradeToAndCall(address,bytes)", "()", 0x4f1ef286};
inline constexpr Event kAccessApprovedEvent{"AccessGrants", "AccessApproved(uint256,address,bytes)", "(uint256,address)", "(bytes)", "c9b9e9549f87a98ff8014f727ea509877a52b96cad8526b73515b0b4ef5aa42d"};
inline constexpr Event kAccessApprovedStoredEvent{"AccessGrants", "AccessApprovedStored(uint256,address,bytes32)", "(uint256,address)", "(bytes32)", "3bc76957beb560a115b11d26b59fc9c9ca6c958eedefc5b8577182a13a543c3a"};
inline constexpr Event kAccessCancelledEvent{"AccessGrants", "AccessCancelled(uint64)", "(uint64)", "()", "fe50610fbdce9438d24ca00e2b8b235a75db2113309ce3d66c8c1a36729d3b5c"};
inline constexpr Event kAccessDeniedEvent{"AccessGrants", "AccessDenied(uint64,address,bytes32)", "(uint64,address)", "(bytes32)", "f18dc137432263732e2df72f6f1aa5d916abf38af57653256aaf2d19fe3bea57"};
inline constexpr Event kAccessRequestedEvent{"AccessGrants", "AccessRequested(uint64,uint64,address,uint8,uint64,uint40,uint32,uint16,bytes32)", "(uint64,uint64,address)", "(uint8,uint64,uint40,uint32,uint16,bytes32)", "0754eaff71d1598c7c8e6d9793fe8a67889597909d1628a7b93d765f329371bb"};
inline constexpr Event kAccessReturnedEvent{"AccessGrants", "AccessReturned(uint64,address,bytes32)", "(uint64,address)", "(bytes32)", "c3e6f77f0f8bde34aeb537c8cae7e9d1cfad62072fdbcb6031e26c7cd1cd3e24"};
inline constexpr Event kAccessRevokedEvent{"AccessGrants", "AccessRevoked(uint64,address)", "(uint64,address)", "()", "193858fa6df30b1b3e370873493c20ee1f17dcb6ef2533f09f20981837562e35"};
inline constexpr Event kAccessVotedEvent{"AccessGrants", "AccessVoted(uint64,address,uint8)", "(uint64,address)", "(uint8)", "c932e75b1ef9e39a8a9cf05278b2b892f2f98e8b7693edeb96fa625a4c225901"};
inline constexpr Event kEmergencyReviewedEvent{"AccessGrants", "EmergencyReviewed(uint64,address,address,bool,bytes32)", "(uint64,address,address)", "(bool,bytes32)", "f589cca365ee0c02bba52a976e04099515c896c154f072721cc96f9dab4d6e70"};
inline constexpr Event kGlassBrokenEvent{"AccessGrants", "GlassBroken(uint64,address,uint40,bytes32)", "(uint64,address)", "(uint40,bytes32)", "144c3834c1fdb5f60ea86d56edf4a59a6cee568e7c974e6c4e0faa0f3b008add"};
inline constexpr Event kInitializedEvent{"AccessGrants", "Initialized(uint64)", "()", "(uint64)", "c7f505b2f371ae2175ee4913f4499e1f2633a7b5936321eed1cdaeb6115181d2"};
inline constexpr Event kUpgradedEvent{"AccessGrants", "Upgraded(address)", "(address)", "()", "bc7cd75a20ee27fd9adebab32041f755214dbc6bffa90cc0225b39da2e5c2d3b"};
inline constexpr Refusal kAddressEmptyCodeRefusal{"AccessGrants", "AddressEmptyCode(address)", 0x9996b315};
inline constexpr Refusal kAlreadyVotedRefusal{"AccessGrants", "AlreadyVoted(uint64,address)", 0xe4df9458};
inline constexpr Refusal kBadSignatureRefusal{"AccessGrants", "BadSignature(address)", 0x9a7d38d9};
inline constexpr Refusal kBadStateRefusal{"AccessGrants", "BadState(uint64,uint8)", 0xe7809d0e};
inline constexpr Refusal kBreakGlassNotPermittedRefusal{"AccessGrants", "BreakGlassNotPermitted(uint64)", 0x3e6f8ed1};
inline constexpr Refusal kCapsuleDigestMismatchRefusal{"AccessGrants", "CapsuleDigestMismatch(uint64)", 0x4b0b7559};
inline constexpr Refusal kCapsuleMissingRefusal{"AccessGrants", "CapsuleMissing(uint64)", 0xa9ed79d8};
inline constexpr Refusal kCapsuleTooEarlyRefusal{"AccessGrants", "CapsuleTooEarly(uint64)", 0x6fed41e2};
inline constexpr Refusal kCapsuleTooLargeRefusal{"AccessGrants", "CapsuleTooLarge(uint256)", 0x5adaf138};
inline constexpr Refusal kConditionNotMetRefusal{"AccessGrants", "ConditionNotMet(uint64,uint64)", 0x51c23501};
inline constexpr Refusal kDatasetIsSupersededRefusal{"AccessGrants", "DatasetIsSuperseded(uint64)", 0x50a8e518};
inline constexpr Refusal kDatasetIsWithdrawnRefusal{"AccessGrants", "DatasetIsWithdrawn(uint64)", 0x165fd040};
inline constexpr Refusal kERC1967InvalidImplementationRefusal{"AccessGrants", "ERC1967InvalidImplementation(address)", 0x4c9c8ce3};
inline constexpr Refusal kERC1967NonPayableRefusal{"AccessGrants", "ERC1967NonPayable()", 0xb398979f};
inline constexpr Refusal kERC5267ExtensionsNotSupportedRefusal{"AccessGrants", "ERC5267ExtensionsNotSupported()", 0xdb00f904};
inline constexpr Refusal kEndDateInPastRefusal{"AccessGrants", "EndDateInPast(uint40)", 0xcfb7b4ad};
inline constexpr Refusal kFailedCallRefusal{"AccessGrants", "FailedCall()", 0xd6bda275};
inline constexpr Refusal kGenerationChangedRefusal{"AccessGrants", "GenerationChanged(uint64,uint16)", 0x00b1c3ee};
inline constexpr Refusal kInvalidInitializationRefusal{"AccessGrants", "InvalidInitialization()", 0xf92ee8a9};
inline constexpr Refusal kKeyVersionChangedRefusal{"AccessGrants", "KeyVersionChanged(address,uint16)", 0x7eefbe7a};
inline constexpr Refusal kNoEmergencyRefusal{"AccessGrants", "NoEmergency(address,uint64)", 0xb05deb1f};
inline constexpr Refusal kNoKeyRefusal{"AccessGrants", "NoKey(address)", 0xe2a3bd4e};
inline constexpr Refusal kNotCustodianRefusal{"AccessGrants", "NotCustodian(uint64,address)", 0x5da690bc};
inline constexpr Refusal kNotInitializingRefusal{"AccessGrants", "NotInitializing()", 0xd7e6bcf8};
inline constexpr Refusal kNotRequesterRefusal{"AccessGrants", "NotRequester(uint64,address)", 0x891ab192};
inline constexpr Refusal kNotUpgraderRefusal{"AccessGrants", "NotUpgrader(address)", 0x1de46795};
inline constexpr Refusal kOwnEmergencyRefusal{"AccessGrants", "OwnEmergency(address)", 0x8b59b085};
inline constexpr Refusal kPurposeNotAllowedRefusal{"AccessGrants", "PurposeNotAllowed(uint64,uint8)", 0xf124dc37};
inline constexpr Refusal kRequestOpenRefusal{"AccessGrants", "RequestOpen(uint64)", 0x9e9e2fe2};
inline constexpr Refusal kReviewPendingRefusal{"AccessGrants", "ReviewPending(address)", 0x3e4ceb41};
inline constexpr Refusal kRevisionChangedRefusal{"AccessGrants", "RevisionChanged(uint64,uint32)", 0xa0033029};
inline constexpr Refusal kRevisionLimitRefusal{"AccessGrants", "RevisionLimit(uint64)", 0x09cba99d};
inline constexpr Refusal kSafeCastOverflowedUintDowncastRefusal{"AccessGrants", "SafeCastOverflowedUintDowncast(uint8,uint256)", 0x6dfcc650};
inline constexpr Refusal kSignatureExpiredRefusal{"AccessGrants", "SignatureExpired(uint256)", 0xcd21db4f};
inline constexpr Refusal kUUPSUnauthorizedCallContextRefusal{"AccessGrants", "UUPSUnauthorizedCallContext()", 0xe07c8dba};
inline constexpr Refusal kUUPSUnsupportedProxiableUUIDRefusal{"AccessGrants", "UUPSUnsupportedProxiableUUID(bytes32)", 0xaa1d49a4};
inline constexpr Refusal kUnknownRequestRefusal{"AccessGrants", "UnknownRequest(uint64)", 0xb2064e15};
inline constexpr Refusal kWithdrawalsChangedRefusal{"AccessGrants", "WithdrawalsChanged(uint64,uint32)", 0x5c0b1e90};
} // namespace access

namespace market {
inline constexpr Function kUpgradeInterfaceVersion{"Market", "UPGRADE_INTERFACE_VERSION()", "(string)", 0xad3cb1cc};
inline constexpr Function kCredit{"Market", "credit()", "(address)", 0xa06d083c};
inline constexpr Function kDatasets{"Market", "datasets()", "(address)", 0xab2d10f7};
inline constexpr Function kDelivered{"Market", "delivered(uint64)", "()", 0x2f2b0289};
inline constexpr Function kDispute{"Market", "dispute(uint64,bytes32)", "()", 0x2244d438};
inline constexpr Function kGrants{"Market", "grants()", "(address)", 0xa2cfab1c};
inline constexpr Function kIdentity{"Market", "identity()", "(address)", 0x2c159a1a};
inline constexpr Function kInitialize{"Market", "initialize()", "()", 0x8129fc1c};
inline constexpr Function kIsDelivered{"Market", "isDelivered(uint64)", "(bool)", 0x64e5a47d};
inline constexpr Function kList{"Market", "list(uint64,address,address[],uint16[])", "(uint64)", 0x3b91221a};
inline constexpr Function kListingOf{"Market", "listingOf(uint64)", "(uint64)", 0x9e0e2cca};
inline constexpr Function kOwed{"Market", "owed(address,address)", "(uint256)", 0x28079e4a};
inline constexpr Function kPay{"Market", "pay(uint64)", "()", 0x68f165f0};
inline constexpr Function kPayWithPermit{"Market", "payWithPermit(uint64,uint256,uint8,bytes32,bytes32)", "()", 0xe42451e3};
inline constexpr Function kProxiableUUID{"Market", "proxiableUUID()", "(bytes32)", 0x52d1902d};
inline constexpr Function kPurchaseOf{"Market", "purchaseOf(uint64)", "((address,uint96,uint64,uint40,uint8,uint8))", 0xc60271fc};
inline constexpr Function kRefund{"Market", "refund(uint64)", "()", 0xd7194ccb};
inline constexpr Function kRelease{"Market", "release(uint64)", "()", 0x41fbbc31};
inline constexpr Function kResolve{"Market", "resolve(uint64,uint16)", "()", 0xf172a532};
inline constexpr Function kSettle{"Market", "settle(uint64)", "()", 0x4b9ba446};
inline constexpr Function kTermsOf{"Market", "termsOf(uint64)", "((address,address[],uint16[]))", 0xf8ba3f3e};
inline constexpr Function kUpgradeToAndCall{"Market", "upgradeToAndCall(address,bytes)", "()", 0x4f1ef286};
inline constexpr Function kWithdraw{"Market", "withdraw(address)", "()", 0x51cff8d9};
inline constexpr Event kDeliveredEvent{"Market", "Delivered(uint64)", "(uint64)", "()", "709edc58f0a0aa78afff535486fffef720a92b6206dee72d478de25e25928da6"};
inline constexpr Event kDisputedEvent{"Market", "Disputed(uint64,bytes32)", "(uint64)", "(bytes32)", "7919dac304887ae6992add3689594ec62d61caa784e52d81b55070e71ca8bae9"};
inline constexpr Event kInitializedEvent{"Market", "Initialized(uint64)", "()", "(uint64)", "c7f505b2f371ae2175ee4913f4499e1f2633a7b5936321eed1cdaeb6115181d2"};
inline constexpr Event kListedEvent{"Market", "Listed(uint64,uint64,address,address[],uint16[])", "(uint64,uint64)", "(address,address[],uint16[])", "2b10b91c86e2033e864405bf8c4b005e3e4e04f0c0bcc3c2b2d7d07f60b2d9e0"};
inline constexpr Event kPaidEvent{"Market", "Paid(uint64,address,uint64,uint8,uint96)", "(uint64,address,uint64)", "(uint8,uint96)", "ad27efcebaf25f5ce429ea35c3465d13cf561ab0687a348a72f41a0ecd78ded2"};
inline constexpr Event kRefundedEvent{"Market", "Refunded(uint64)", "(uint64)", "()", "0e5878775b46472687a60055e7e56d81f8e8b1ec446a9df14adc667f10a504a0"};
inline constexpr Event kReleasedEvent{"Market", "Released(uint64,uint96)", "(uint64)", "(uint96)", "d77c0a9768c4945d3152423d18148f50926477a863ecb92e19ac5137160d8a98"};
inline constexpr Event kUpgradedEvent{"Market", "Upgraded(address)", "(address)", "()", "bc7cd75a20ee27fd9adebab32041f755214dbc6bffa90cc0225b39da2e5c2d3b"};
inline constexpr Event kWithdrawnEvent{"Market", "Withdrawn(address,address,uint256)", "(address,address)", "(uint256)", "d1c19fbcd4551a5edfb66d43d2e337c04837afda3482b42bdf569a8fccdae5fb"};
inline constexpr Refusal kAddressEmptyCodeRefusal{"Market", "AddressEmptyCode(address)", 0x9996b315};
inline constexpr Refusal kBadPurchaseStateRefusal{"Market", "BadPurchaseState(uint64,uint8)", 0xffc6c715};
inline constexpr Refusal kBadSharesRefusal{"Market", "BadShares()", 0x7eb01706};
inline constexpr Refusal kERC1967InvalidImplementationRefusal{"Market", "ERC1967InvalidImplementation(address)", 0x4c9c8ce3};
inline constexpr Refusal kERC1967NonPayableRefusal{"Market", "ERC1967NonPayable()", 0xb398979f};
inline constexpr Refusal kFailedCallRefusal{"Market", "FailedCall()", 0xd6bda275};
inline constexpr Refusal kInsufficientBalanceRefusal{"Market", "InsufficientBalance(uint256,uint256)", 0xcf479181};
inline constexpr Refusal kInvalidArgumentRefusal{"Market", "InvalidArgument(bytes32)", 0xbe113e65};
inline constexpr Refusal kInvalidInitializationRefusal{"Market", "InvalidInitialization()", 0xf92ee8a9};
inline constexpr Refusal kNotArbiterRefusal{"Market", "NotArbiter(uint64,address)", 0x0fd5d1c6};
inline constexpr Refusal kNotBuyerRefusal{"Market", "NotBuyer(uint64,address)", 0x725f0641};
inline constexpr Refusal kNotForSaleRefusal{"Market", "NotForSale(uint64)", 0xe51af49e};
inline constexpr Refusal kNotGrantsRefusal{"Market", "NotGrants(address)", 0xdbd210e7};
inline constexpr Refusal kNotInitializingRefusal{"Market", "NotInitializing()", 0xd7e6bcf8};
inline constexpr Refusal kNotOwnerRefusal{"Market", "NotOwner(uint64,address)", 0x4b9d219f};
inline constexpr Refusal kNotPaidRefusal{"Market", "NotPaid(uint64)", 0xae579c71};
inline constexpr Refusal kNotRequestedRefusal{"Market", "NotRequested(uint64,uint8)", 0x54e1397c};
inline constexpr Refusal kNotUpgraderRefusal{"Market", "NotUpgrader(address)", 0x1de46795};
inline constexpr Refusal kNothingOwedRefusal{"Market", "NothingOwed(address,address)", 0x53ead58b};
inline constexpr Refusal kReentrancyGuardReentrantCallRefusal{"Market", "ReentrancyGuardReentrantCall()", 0x3ee5aeb5};
inline constexpr Refusal kSafeERC20FailedOperationRefusal{"Market", "SafeERC20FailedOperation(address)", 0x5274afe7};
inline constexpr Refusal kTooEarlyRefusal{"Market", "TooEarly(uint64,uint40)", 0x4590f40d};
inline constexpr Refusal kTooLateRefusal{"Market", "TooLate(uint64,uint40)", 0x6c061913};
inline constexpr Refusal kUUPSUnauthorizedCallContextRefusal{"Market", "UUPSUnauthorizedCallContext()", 0xe07c8dba};
inline constexpr Refusal kUUPSUnsupportedProxiableUUIDRefusal{"Market", "UUPSUnsupportedProxiableUUID(bytes32)", 0xaa1d49a4};
inline constexpr Refusal kWrongPriceRefusal{"Market", "WrongPrice(uint256,uint256)", 0x6871963e};
} // namespace market

namespace credit {
inline constexpr Function kDefaultAdminRole{"ConsortiumCredit", "DEFAULT_ADMIN_ROLE()", "(bytes32)", 0xa217fddf};
inline constexpr Function kDomainSeparator{"ConsortiumCredit", "DOMAIN_SEPARATOR()", "(bytes32)", 0x3644e515};
inline constexpr Function kMinter{"ConsortiumCredit", "MINTER()", "(bytes32)", 0xfe6d8124};
inline constexpr Function kAllowance{"ConsortiumCredit", "allowance(address,address)", "(uint256)", 0xdd62ed3e};
inline constexpr Function kApprove{"ConsortiumCredit", "approve(address,uint256)", "(bool)", 0x095ea7b3};
inline constexpr Function kBalanceOf{"ConsortiumCredit", "balanceOf(address)", "(uint256)", 0x70a08231};
inline constexpr Function kDecimals{"ConsortiumCredit", "decimals()", "(uint8)", 0x313ce567};
inline constexpr Function kEip712Domain{"ConsortiumCredit", "eip712Domain()", "(bytes1,string,string,uint256,address,bytes32,uint256[])", 0x84b0196e};
inline constexpr Function kGetRoleAdmin{"ConsortiumCredit", "getRoleAdmin(bytes32)", "(bytes32)", 0x248a9ca3};
inline constexpr Function kGrantRole{"ConsortiumCredit", "grantRole(bytes32,address)", "()", 0x2f2ff15d};
inline constexpr Function kHasRole{"ConsortiumCredit", "hasRole(bytes32,address)", "(bool)", 0x91d14854};
inline constexpr Function kMint{"ConsortiumCredit", "mint(address,uint256)", "()", 0x40c10f19};
inline constexpr Function kName{"ConsortiumCredit", "name()", "(string)", 0x06fdde03};
inline constexpr Function kNonces{"ConsortiumCredit", "nonces(address)", "(uint256)", 0x7ecebe00};
inline constexpr Function kPermit{"ConsortiumCredit", "permit(address,address,uint256,uint256,uint8,bytes32,bytes32)", "()", 0xd505accf};
inline constexpr Function kRenounceRole{"ConsortiumCredit", "renounceRole(bytes32,address)", "()", 0x36568abe};
inline constexpr Function kRevokeRole{"ConsortiumCredit", "revokeRole(bytes32,address)", "()", 0xd547741f};
inline constexpr Function kSupportsInterface{"ConsortiumCredit", "supportsInterface(bytes4)", "(bool)", 0x01ffc9a7};
inline constexpr Function kSymbol{"ConsortiumCredit", "symbol()", "(string)", 0x95d89b41};
inline constexpr Function kTotalSupply{"ConsortiumCredit", "totalSupply()", "(uint256)", 0x18160ddd};
inline constexpr Function kTransfer{"ConsortiumCredit", "transfer(address,uint256)", "(bool)", 0xa9059cbb};
inline constexpr Function kTransferFrom{"ConsortiumCredit", "transferFrom(address,address,uint256)", "(bool)", 0x23b872dd};
inline constexpr Event kApprovalEvent{"ConsortiumCredit", "Approval(address,address,uint256)", "(address,address)", "(uint256)", "8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925"};
inline constexpr Event kEIP712DomainChangedEvent{"ConsortiumCredit", "EIP712DomainChanged()", "()", "()", "0a6387c9ea3628b88a633bb4f3b151770f70085117a15f9bf3787cda53f13d31"};
inline constexpr Event kRoleAdminChangedEvent{"ConsortiumCredit", "RoleAdminChanged(bytes32,bytes32,bytes32)", "(bytes32,bytes32,bytes32)", "()", "bd79b86ffe0ab8e8776151514217cd7cacd52c909f66475c3af44e129f0b00ff"};
inline constexpr Event kRoleGrantedEvent{"ConsortiumCredit", "RoleGranted(bytes32,address,address)", "(bytes32,address,address)", "()", "2f8788117e7eff1d82e926ec794901d17c78024a50270940304540a733656f0d"};
inline constexpr Event kRoleRevokedEvent{"ConsortiumCredit", "RoleRevoked(bytes32,address,address)", "(bytes32,address,address)", "()", "f6391f5c32d9c69d2a47ea670b442974b53935d1edc7fd64eb21e047a839171b"};
inline constexpr Event kTransferEvent{"ConsortiumCredit", "Transfer(address,address,uint256)", "(address,address)", "(uint256)", "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"};
inline constexpr Refusal kAccessControlBadConfirmationRefusal{"ConsortiumCredit", "AccessControlBadConfirmation()", 0x6697b232};
inline constexpr Refusal kAccessControlUnauthorizedAccountRefusal{"ConsortiumCredit", "AccessControlUnauthorizedAccount(address,bytes32)", 0xe2517d3f};
inline constexpr Refusal kECDSAInvalidSignatureRefusal{"ConsortiumCredit", "ECDSAInvalidSignature()", 0xf645eedf};
inline constexpr Refusal kECDSAInvalidSignatureLengthRefusal{"ConsortiumCredit", "ECDSAInvalidSignatureLength(uint256)", 0xfce698f7};
inline constexpr Refusal kECDSAInvalidSignatureSRefusal{"ConsortiumCredit", "ECDSAInvalidSignatureS(bytes32)", 0xd78bce0c};
inline constexpr Refusal kERC20InsufficientAllowanceRefusal{"ConsortiumCredit", "ERC20InsufficientAllowance(address,uint256,uint256)", 0xfb8f41b2};
inline constexpr Refusal kERC20InsufficientBalanceRefusal{"ConsortiumCredit", "ERC20InsufficientBalance(address,uint256,uint256)", 0xe450d38c};
inline constexpr Refusal kERC20InvalidApproverRefusal{"ConsortiumCredit", "ERC20InvalidApprover(address)", 0xe602df05};
inline constexpr Refusal kERC20InvalidReceiverRefusal{"ConsortiumCredit", "ERC20InvalidReceiver(address)", 0xec442f05};
inline constexpr Refusal kERC20InvalidSenderRefusal{"ConsortiumCredit", "ERC20InvalidSender(address)", 0x96c6fd1e};
inline constexpr Refusal kERC20InvalidSpenderRefusal{"ConsortiumCredit", "ERC20InvalidSpender(address)", 0x94280d62};
inline constexpr Refusal kERC2612ExpiredSignatureRefusal{"ConsortiumCredit", "ERC2612ExpiredSignature(uint256)", 0x62791302};
inline constexpr Refusal kERC2612InvalidSignerRefusal{"ConsortiumCredit", "ERC2612InvalidSigner(address,address)", 0x4b800e46};
inline constexpr Refusal kInvalidAccountNonceRefusal{"ConsortiumCredit", "InvalidAccountNonce(address,uint256)", 0x752d88c0};
inline constexpr Refusal kInvalidShortStringRefusal{"ConsortiumCredit", "InvalidShortString()", 0xb3512b0c};
inline constexpr Refusal kStringTooLongRefusal{"ConsortiumCredit", "StringTooLong(string)", 0x305a27a9};
} // namespace credit

inline constexpr Function kFunctions[] = {
    identity::kDefaultAdminRole,
    identity::kGuardian,
    identity::kUpgrader,
    identity::kUpgradeInterfaceVersion,
    identity::kAcceptDefaultAdminTransfer,
    identity::kBeginDefaultAdminTransfer,
    identity::kCancelDefaultAdminTransfer,
    identity::kChangeDefaultAdminDelay,
    identity::kDefaultAdmin,
    identity::kDefaultAdminDelay,
    identity::kDefaultAdminDelayIncreaseWait,
    identity::kGetRoleAdmin,
    identity::kGovernor,
    identity::kGrantRole,
    identity::kHasRole,
    identity::kInitialize,
    identity::kInstitutionOf,
    identity::kIsAdministrator,
    identity::kKeyOf,
    identity::kMemberOf,
    identity::kOwner,
    identity::kPause,
    identity::kPaused,
    identity::kPendingDefaultAdmin,
    identity::kPendingDefaultAdminDelay,
    identity::kProxiableUUID,
    identity::kRenounceRole,
    identity::kRequireMember,
    identity::kRequireRole,
    identity::kRevokeKey,
    identity::kRevokeRole,
    identity::kRollbackDefaultAdminDelay,
    identity::kSetInstitution,
    identity::kSetKey,
    identity::kSetMember,
    identity::kSupportsInterface,
    identity::kSuspend,
    identity::kUnpause,
    identity::kUpgradeToAndCall,
    datasets::kUpgradeInterfaceVersion,
    datasets::kAcceptCustody,
    datasets::kAcceptCustodyBySig,
    datasets::kAnchorBatch,
    datasets::kBatches,
    datasets::kByCid,
    datasets::kCount,
    datasets::kDecision,
    datasets::kEip712Domain,
    datasets::kGet,
    datasets::kIdentity,
    datasets::kInitialize,
    datasets::kIsSubjectWithdrawn,
    datasets::kMatchesDetails,
    datasets::kOfferCustody,
    datasets::kOfferOf,
    datasets::kOwnerOf,
    datasets::kPolicyOf,
    datasets::kProxiableUUID,
    datasets::kPublish,
    datasets::kRevokeAll,
    datasets::kRevokeAllBySig,
    datasets::kSeatOf,
    datasets::kUpgradeToAndCall,
    datasets::kVerifyLeaf,
    datasets::kWithdraw,
    datasets::kWithdrawSubject,
    datasets::kWithdrawSubjectBySig,
    access::kUpgradeInterfaceVersion,
    access::kApprove,
    access::kApproveBySig,
    access::kApproveStored,
    access::kBreakGlass,
    access::kCancel,
    access::kCount,
    access::kDatasets,
    access::kDeny,
    access::kDenyBySig,
    access::kEip712Domain,
    access::kEmergenciesOf,
    access::kIdentity,
    access::kInitialize,
    access::kIsAllowed,
    access::kIsAllowedInEmergency,
    access::kMarket,
    access::kPartiesOf,
    access::kProxiableUUID,
    access::kRequest,
    access::kRequestOf,
    access::kResubmit,
    access::kReturnBySig,
    access::kReturnForChanges,
    access::kReviewBreakGlass,
    access::kRevoke,
    access::kRevokeBySig,
    access::kStateOf,
    access::kUpgradeToAndCall,
    market::kUpgradeInterfaceVersion,
    market::kCredit,
    market::kDatasets,
    market::kDelivered,
    market::kDispute,
    market::kGrants,
    market::kIdentity,
    market::kInitialize,
    market::kIsDelivered,
    market::kList,
    market::kListingOf,
    market::kOwed,
    market::kPay,
    market::kPayWithPermit,
    market::kProxiableUUID,
    market::kPurchaseOf,
    market::kRefund,
    market::kRelease,
    market::kResolve,
    market::kSettle,
    market::kTermsOf,
    market::kUpgradeToAndCall,
    market::kWithdraw,
    credit::kDefaultAdminRole,
    credit::kDomainSeparator,
    credit::kMinter,
    credit::kAllowance,
    credit::kApprove,
    credit::kBalanceOf,
    credit::kDecimals,
    credit::kEip712Domain,
    credit::kGetRoleAdmin,
    credit::kGrantRole,
    credit::kHasRole,
    credit::kMint,
    credit::kName,
    credit::kNonces,
    credit::kPermit,
    credit::kRenounceRole,
    credit::kRevokeRole,
    credit::kSupportsInterface,
    credit::kSymbol,
    credit::kTotalSupply,
    credit::kTransfer,
    credit::kTransferFrom};

inline constexpr Event kEvents[] = {
    identity::kDefaultAdminDelayChangeCanceledEvent,
    identity::kDefaultAdminDelayChangeScheduledEvent,
    identity::kDefaultAdminTransferCanceledEvent,
    identity::kDefaultAdminTransferScheduledEvent,
    identity::kInitializedEvent,
    identity::kInstitutionSetEvent,
    identity::kKeyRevokedEvent,
    identity::kKeySetEvent,
    identity::kMemberSetEvent,
    identity::kMemberSuspendedEvent,
    identity::kPausedEvent,
    identity::kRoleAdminChangedEvent,
    identity::kRoleGrantedEvent,
    identity::kRoleRevokedEvent,
    identity::kUnpausedEvent,
    identity::kUpgradedEvent,
    datasets::kAllRevokedEvent,
    datasets::kBatchAnchoredEvent,
    datasets::kCustodyMovedEvent,
    datasets::kCustodyOfferedEvent,
    datasets::kDatasetPublishedEvent,
    datasets::kDatasetSupersededEvent,
    datasets::kDatasetWithdrawnEvent,
    datasets::kInitializedEvent,
    datasets::kSubjectWithdrawnEvent,
    datasets::kUpgradedEvent,
    access::kAccessApprovedEvent,
    access::kAccessApprovedStoredEvent,
    access::kAccessCancelledEvent,
    access::kAccessDeniedEvent,
    access::kAccessRequestedEvent,
    access::kAccessReturnedEvent,
    access::kAccessRevokedEvent,
    access::kAccessVotedEvent,
    access::kEmergencyReviewedEvent,
    access::kGlassBrokenEvent,
    access::kInitializedEvent,
    access::kUpgradedEvent,
    market::kDeliveredEvent,
    market::kDisputedEvent,
    market::kInitializedEvent,
    market::kListedEvent,
    market::kPaidEvent,
    market::kRefundedEvent,
    market::kReleasedEvent,
    market::kUpgradedEvent,
    market::kWithdrawnEvent,
    credit::kApprovalEvent,
    credit::kEIP712DomainChangedEvent,
    credit::kRoleAdminChangedEvent,
    credit::kRoleGrantedEvent,
    credit::kRoleRevokedEvent,
    credit::kTransferEvent};

inline constexpr Refusal kRefusals[] = {
    identity::kAccessControlBadConfirmationRefusal,
    identity::kAccessControlEnforcedDefaultAdminDelayRefusal,
    identity::kAccessControlEnforcedDefaultAdminRulesRefusal,
    identity::kAccessControlInvalidDefaultAdminRefusal,
    identity::kAccessControlUnauthorizedAccountRefusal,
    identity::kAddressEmptyCodeRefusal,
    identity::kERC1967InvalidImplementationRefusal,
    identity::kERC1967NonPayableRefusal,
    identity::kFailedCallRefusal,
    identity::kInstitutionInactiveRefusal,
    identity::kInvalidArgumentRefusal,
    identity::kInvalidInitializationRefusal,
    identity::kIsPausedRefusal,
    identity::kKeyRevokedAlreadyRefusal,
    identity::kMemberExpiredRefusal,
    identity::kMemberIsSuspendedRefusal,
    identity::kMemberNotYetValidRefusal,
    identity::kMissingRoleRefusal,
    identity::kNotAdminRefusal,
    identity::kNotGovernorRefusal,
    identity::kNotGuardianRefusal,
    identity::kNotInitializingRefusal,
    identity::kNotMemberRefusal,
    identity::kNotUpgraderRefusal,
    identity::kSafeCastOverflowedUintDowncastRefusal,
    identity::kUUPSUnauthorizedCallContextRefusal,
    identity::kUUPSUnsupportedProxiableUUIDRefusal,
    identity::kUnknownKeyRefusal,
    datasets::kAddressEmptyCodeRefusal,
    datasets::kAlreadyWithdrawnRefusal,
    datasets::kBadCustodianRefusal,
    datasets::kBadProofRefusal,
    datasets::kBadSignatureRefusal,
    datasets::kBadThresholdRefusal,
    datasets::kCidExistsRefusal,
    datasets::kDetailsMismatchRefusal,
    datasets::kERC1967InvalidImplementationRefusal,
    datasets::kERC1967NonPayableRefusal,
    datasets::kERC5267ExtensionsNotSupportedRefusal,
    datasets::kFailedCallRefusal,
    datasets::kGenerationLimitRefusal,
    datasets::kInvalidArgumentRefusal,
    datasets::kInvalidInitializationRefusal,
    datasets::kNoOfferRefusal,
    datasets::kNotCustodianRefusal,
    datasets::kNotInitializingRefusal,
    datasets::kNotOwnerRefusal,
    datasets::kNotPublishedRefusal,
    datasets::kNotUpgraderRefusal,
    datasets::kSignatureExpiredRefusal,
    datasets::kUUPSUnauthorizedCallContextRefusal,
    datasets::kUUPSUnsupportedProxiableUUIDRefusal,
    datasets::kUnknownBatchRefusal,
    datasets::kUnknownDatasetRefusal,
    datasets::kWithdrawnAlreadyRefusal,
    access::kAddressEmptyCodeRefusal,
    access::kAlreadyVotedRefusal,
    access::kBadSignatureRefusal,
    access::kBadStateRefusal,
    access::kBreakGlassNotPermittedRefusal,
    access::kCapsuleDigestMismatchRefusal,
    access::kCapsuleMissingRefusal,
    access::kCapsuleTooEarlyRefusal,
    access::kCapsuleTooLargeRefusal,
    access::kConditionNotMetRefusal,
    access::kDatasetIsSupersededRefusal,
    access::kDatasetIsWithdrawnRefusal,
    access::kERC1967InvalidImplementationRefusal,
    access::kERC1967NonPayableRefusal,
    access::kERC5267ExtensionsNotSupportedRefusal,
    access::kEndDateInPastRefusal,
    access::kFailedCallRefusal,
    access::kGenerationChangedRefusal,
    access::kInvalidInitializationRefusal,
    access::kKeyVersionChangedRefusal,
    access::kNoEmergencyRefusal,
    access::kNoKeyRefusal,
    access::kNotCustodianRefusal,
    access::kNotInitializingRefusal,
    access::kNotRequesterRefusal,
    access::kNotUpgraderRefusal,
    access::kOwnEmergencyRefusal,
    access::kPurposeNotAllowedRefusal,
    access::kRequestOpenRefusal,
    access::kReviewPendingRefusal,
    access::kRevisionChangedRefusal,
    access::kRevisionLimitRefusal,
    access::kSafeCastOverflowedUintDowncastRefusal,
    access::kSignatureExpiredRefusal,
    access::kUUPSUnauthorizedCallContextRefusal,
    access::kUUPSUnsupportedProxiableUUIDRefusal,
    access::kUnknownRequestRefusal,
    access::kWithdrawalsChangedRefusal,
    market::kAddressEmptyCodeRefusal,
    market::kBadPurchaseStateRefusal,
    market::kBadSharesRefusal,
    market::kERC1967InvalidImplementationRefusal,
    market::kERC1967NonPayableRefusal,
    market::kFailedCallRefusal,
    market::kInsufficientBalanceRefusal,
    market::kInvalidArgumentRefusal,
    market::kInvalidInitializationRefusal,
    market::kNotArbiterRefusal,
    market::kNotBuyerRefusal,
    market::kNotForSaleRefusal,
    market::kNotGrantsRefusal,
    market::kNotInitializingRefusal,
    market::kNotOwnerRefusal,
    market::kNotPaidRefusal,
    market::kNotRequestedRefusal,
    market::kNotUpgraderRefusal,
    market::kNothingOwedRefusal,
    market::kReentrancyGuardReentrantCallRefusal,
    market::kSafeERC20FailedOperationRefusal,
    market::kTooEarlyRefusal,
    market::kTooLateRefusal,
    market::kUUPSUnauthorizedCallContextRefusal,
    market::kUUPSUnsupportedProxiableUUIDRefusal,
    market::kWrongPriceRefusal,
    credit::kAccessControlBadConfirmationRefusal,
    credit::kAccessControlUnauthorizedAccountRefusal,
    credit::kECDSAInvalidSignatureRefusal,
    credit::kECDSAInvalidSignatureLengthRefusal,
    credit::kECDSAInvalidSignatureSRefusal,
    credit::kERC20InsufficientAllowanceRefusal,
    credit::kERC20InsufficientBalanceRefusal,
    credit::kERC20InvalidApproverRefusal,
    credit::kERC20InvalidReceiverRefusal,
    credit::kERC20InvalidSenderRefusal,
    credit::kERC20InvalidSpenderRefusal,
    credit::kERC2612ExpiredSignatureRefusal,
    credit::kERC2612InvalidSignerRefusal,
    credit::kInvalidAccountNonceRefusal,
    credit::kInvalidShortStringRefusal,
    credit::kStringTooLongRefusal};

} // namespace amana::chain::binding
