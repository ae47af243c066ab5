package import Domain
internal import Identity

/// What the settings say that is the control plane's business.
package struct Policy: Sendable {
    package var node: String
    package var idBase: UInt32
    package var idSlots: Int64
    package var pools: [AddressPool]
    package var webhookReach: WebhookReach
    /// Empty: the node takes the host's own.
    package var nameServers: [String]
    package var ratios: OvercommitRatios
    package var patience = Patience()
    /// Of one token.
    package var rate = RequestRate(perSecond: 100)
    /// The binary logarithm of scrypt's rounds, for passwords: each takes a tenth of a second and 32 MiB.
    package var passwordCost = PasswordHash.usualCost
    /// A tenant's tokens together may do so many times what one may.
    static let tenantFactor: Int64 = 4
    /// Of those who show no good token, from one network.
    package var strangersRate = strangersRate(perSecond: 5)

    package static func strangersRate(perSecond: Int64) -> RequestRate { RequestRate(perSecond: perSecond, burst: perSecond * 4) }

    package init(node: String, idBase: UInt32, idSlots: Int64, pools: [AddressPool], nameServers: [String], ratios: OvercommitRatios) {
        self.node = node
        self.idBase = idBase
        self.idSlots = idSlots
        self.pools = pools
        webhookReach = WebhookReach(pools: pools.map(\.network))
        self.nameServers = nameServers
        self.ratios = ratios
    }
}

/// How long what is waited for.
package struct Patience: Sendable {
    /// For a node that is away, from when it was lost, before an operation fails.
    package var absence: Duration = .seconds(30)
    /// For an answer to a question.
    package var answer: Duration = .seconds(10)
    /// Between two questions whether the node still answers: a stopped process keeps its connections.
    package var heartbeat: Duration = .seconds(5)
    /// For a VPS to be made, started, stopped (beyond its grace) or removed.
    package var work: Duration = .seconds(120)
    package var templateBuild: Duration = .seconds(3600)
    /// Between two attempts to reach the node, or to remove what could not be removed: from the first to the second.
    package var retry: ClosedRange<Duration> = .milliseconds(50) ... .seconds(5)
    /// Between two looks whether a stream's token is still good.
    package var revocation: Duration = .seconds(1)
    /// For which a stranger who asks too often waits, before he is told so.
    package var tooMany: Duration = .seconds(1)
    /// Between two looks at what is new, for those who follow.
    package var look: Duration = .milliseconds(250)
    /// Before they are told that there is nothing.
    package var silence: Duration = .seconds(15)
    /// Between two attempts to deliver an event: from the first to the second, and at most.
    package var redelivery: ClosedRange<Duration> = .seconds(5) ... .seconds(3600)
    /// After so long without one event taken a webhook is disabled.
    package var futility: Duration = .seconds(3 * 86_400)
    /// For one webhook's events, before it is others' turn.
    package var turn: Duration = .seconds(5)
    /// For the guest to shut down when it is asked to stop.
    package var graceSeconds = 30

    package init() {}
}
