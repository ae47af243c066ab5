internal import Domain
package import Logging
package import Store

/// Who may have what. Each use case is a method in a file of its noun; long ones are operations, which the reconciler ends.
package struct ControlPlane: Sendable {
    let store: Store
    let link: any NodeLink
    let policy: Policy
    let board: OperationBoard
    let status: NodeStatus
    let tokenBook = TokenBook()
    let rateBook = RateBook()
    let attemptBook = AttemptBook()
    let passwordDesk: PasswordDesk
    /// Beyond these, strangers are refused at once.
    let strangersWaiting = Room(1000)
    let accessBook = AccessBook()
    /// Of exec and console.
    let streamCount = StreamCount(mostOfToken: 64, mostOfTenant: 256)
    /// Each of them looks at the records after every write.
    let followerCount = StreamCount(mostOfToken: 8, mostOfTenant: 32)
    let streamTickets = TicketBook<StreamUse>()
    let signOnTickets = TicketBook<Voucher>()
    let logger: Logger
    package let reconciler: Reconciler

    package init(store: Store, link: any NodeLink, policy: Policy, logger: Logger) {
        self.store = store
        self.link = link
        self.policy = policy
        self.logger = logger
        passwordDesk = PasswordDesk(cost: policy.passwordCost)
        board = OperationBoard()
        status = NodeStatus()
        reconciler = Reconciler(store: store, link: link, policy: policy, board: board, status: status, logger: logger)
    }

    /// Before anything is served: the settings' nodes and pools are in the records, and the records' tokens known.
    package func prepare() async throws(ControlPlaneError) {
        try await tried { try await store.adopt(node: policy.node, idBase: policy.idBase, pools: policy.pools) }
        tokenBook.load(try await tried { try await store.usableTokens() })
    }

    /// Records an operation with `write` and sets to work on it; an operation that was under way already is joined.
    func begin(_ write: (String) async throws -> (Reconciler.Work, OperationRecord)) async throws(ControlPlaneError) -> OperationRecord {
        let id = Hexadecimal.randomID()
        board.begin(id)
        do {
            let (work, operation) = try await write(id)
            if operation.id != id { board.end(id) }
            reconciler.kick(work)
            return operation
        } catch {
            board.end(id)
            throw .of(error)
        }
    }
}
