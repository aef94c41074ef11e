// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IAccessGrants} from "./IAccessGrants.sol";
import {IDatasetRegistry} from "./IDatasetRegistry.sol";
import {IIdentityRegistry} from "./IIdentityRegistry.sol";

/// @title Money for datasets and models that have a price: held until what was bought is delivered
/// @notice paid → delivered → released; paid → refunded; delivered → disputed → released | refunded.
///         A purchase belongs to one request of `IAccessGrants` and has its number. Delivery is the deciding
///         approval of that request, so no capsule leaves unpaid and its time is on the chain.
/// @dev Whether a capsule opens is not visible here: that is what disputes are for. A capsule in a transaction that
///      waits to be mined can be read by whoever sees it; on a chain with a public waiting room a buyer may read it
///      and cancel first. Nothing here is stopped by a pause but paying.
interface IMarket {
    /// @notice What became of the money.
    enum State {
        None,
        Paid,
        Delivered,
        Disputed,
        Released,
        Refunded
    }

    /// @param amount in the smallest unit of the currency
    /// @param terms under which it was bought
    /// @param since when the present state began (Unix seconds)
    /// @param currency 0 credit of the consortium (AMC), 1 native
    struct Purchase {
        address buyer;
        uint96 amount;
        uint64 terms;
        uint40 since;
        State state;
        uint8 currency;
    }

    /// @param arbiter decides disputes
    /// @param payees who is paid
    /// @param sharesBps of each payee, in 1/10,000
    struct Terms {
        address arbiter;
        address[] payees;
        uint16[] sharesBps;
    }

    /// @notice A dataset or model is for sale under these terms; earlier purchases keep theirs.
    event Listed(
        uint64 indexed dataset, uint64 indexed terms, address arbiter, address[] payees, uint16[] sharesBps
    );
    /// @notice The price of a request is held.
    event Paid(
        uint64 indexed request, address indexed buyer, uint64 indexed terms, uint8 currency, uint96 amount
    );
    /// @notice The deciding approval came: the buyer may dispute for 3 days.
    event Delivered(uint64 indexed request);
    /// @notice The buyer says that what came is not what was bought; the reason is an IPFS object with this digest.
    event Disputed(uint64 indexed request, bytes32 reasonDigest);
    /// @notice The money went to the payees, but for `toBuyer`, which an arbiter gave back.
    event Released(uint64 indexed request, uint96 toBuyer);
    /// @notice The money went back to the buyer.
    event Refunded(uint64 indexed request);
    /// @notice Somebody took out what it was owed. The token is zero for native currency.
    event Withdrawn(address indexed token, address indexed who, uint256 amount);

    /// @notice `who` is not the owner of the dataset.
    error NotOwner(uint64 dataset, address who);
    /// @notice The dataset is free, withdrawn, superseded or not listed.
    error NotForSale(uint64 dataset);
    /// @notice The shares are none, more than 16, not one for each payee, one is 0, or they are not 10,000 together.
    error BadShares();
    /// @notice What was sent along is not the price: all of it for native currency, nothing for credit.
    error WrongPrice(uint256 value, uint256 sent);
    /// @notice `who` did not make the request, or did not pay for it.
    error NotBuyer(uint64 request, address who);
    /// @notice `who` is not the arbiter of the purchase.
    error NotArbiter(uint64 request, address who);
    /// @notice `who` is not the contract that tells of deliveries.
    error NotGrants(address who);
    /// @notice The request is in `state`, where nobody pays.
    error NotRequested(uint64 request, IAccessGrants.State state);
    /// @notice The request was not paid for.
    error NotPaid(uint64 request);
    /// @notice The purchase is in `state`, where this cannot be done.
    error BadPurchaseState(uint64 request, State state);
    /// @notice Possible from `time` (Unix seconds).
    error TooEarly(uint64 request, uint40 time);
    /// @notice Was possible until `time` (Unix seconds).
    error TooLate(uint64 request, uint40 time);
    /// @notice `who` is owed nothing in this currency.
    error NothingOwed(address token, address who);
    /// @notice An argument has a value that is never valid; `what` is its name in ASCII.
    error InvalidArgument(bytes32 what);

    /// @notice Offers a dataset or model for its price. Its owner; the last listing counts.
    /// @param sharesBps of each payee in 1/10,000; the last one is paid what rounding leaves
    /// @return terms counted from 1
    /// @dev Reverts: UnknownDataset, NotOwner, BadShares; InvalidArgument "arbiter" (zero, the caller or a payee),
    ///      "payee" (zero).
    function list(uint64 dataset, address arbiter, address[] calldata payees, uint16[] calldata sharesBps)
        external
        returns (uint64 terms);

    /// @notice Pays the price of the caller's own request: exactly, in the currency of the dataset. Credit is taken
    ///         by transferFrom, native currency is sent along.
    /// @dev Reverts: UnknownRequest, NotBuyer, NotRequested, BadPurchaseState (paid before), NotForSale, WrongPrice, the
    ///      refusals of `IIdentityRegistry.requireRole`, and of the credit.
    function pay(uint64 request) external payable;

    /// @notice `pay` in credit, with the permission (ERC-2612) for exactly the price along.
    /// @dev Reverts: as `pay`. A permission that was used before by somebody else does no harm.
    function payWithPermit(uint64 request, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice The capsule of a request goes out. `IAccessGrants` only.
    /// @dev Reverts: NotGrants, NotPaid.
    function delivered(uint64 request) external;

    /// @notice Pays the payees: the buyer at once after delivery, anybody 3 days after it without a dispute.
    /// @dev Reverts: BadPurchaseState, TooEarly.
    function release(uint64 request) external;

    /// @notice Gives the money back, for anybody to call: 7 days after payment without delivery, or at once when the
    ///         request was denied, cancelled or expired, or the dataset was withdrawn.
    /// @dev Reverts: BadPurchaseState, TooEarly.
    function refund(uint64 request) external;

    /// @notice Says within 3 days of delivery that what came is not what was bought. The buyer.
    /// @dev Reverts: NotBuyer, BadPurchaseState, TooLate.
    function dispute(uint64 request, bytes32 reasonDigest) external;

    /// @notice Decides a dispute: `buyerBps` of 10,000 go back, the rest to the payees. The arbiter, at any time before
    ///         somebody settled it. All of it back ends the access as well.
    /// @dev Reverts: NotArbiter, BadPurchaseState; InvalidArgument "buyerBps" (more than 10,000).
    function resolve(uint64 request, uint16 buyerBps) external;

    /// @notice Gives the money back when the arbiter was silent for 30 days, for anybody to call: the seller named the
    ///         arbiter, so silence must not pay the seller.
    /// @dev Reverts: BadPurchaseState, TooEarly.
    function settle(uint64 request) external;

    /// @notice Takes out all that the caller is owed.
    /// @param token the credit, or zero for native currency
    /// @dev Reverts: NothingOwed, and what the receiving contract or the credit reverts with.
    function withdraw(address token) external;

    /// @notice The registry of members.
    function identity() external view returns (IIdentityRegistry);

    /// @notice The registry of datasets.
    function datasets() external view returns (IDatasetRegistry);

    /// @notice The requests that are paid for.
    function grants() external view returns (IAccessGrants);

    /// @notice The credit of the consortium.
    function credit() external view returns (address);

    /// @notice The purchase of a request; all zero when there is none.
    function purchaseOf(uint64 request) external view returns (Purchase memory);

    /// @notice Whether the money for a request is held or released, and what was bought delivered.
    function isDelivered(uint64 request) external view returns (bool);

    /// @notice Terms by their number; all zero and empty when there are none.
    function termsOf(uint64 terms) external view returns (Terms memory);

    /// @notice The number of the terms under which a dataset is sold; 0 when it is not listed.
    function listingOf(uint64 dataset) external view returns (uint64 terms);

    /// @notice What `who` may take out. The token is zero for native currency.
    function owed(address token, address who) external view returns (uint256);
}
