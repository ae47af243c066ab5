package import Domain
package import NodeModel
package import Store

/// Why a use case did not do it.
package enum ControlPlaneError: Error, Sendable {
    case invalid(String)
    /// Nobody has said who he is, or what he showed is not worth anything (any more).
    case unauthenticated(String)
    /// The user, the password or the code is not right: which, is not said.
    case invalidCredentials(String = "the user, the password or the code is not right")
    /// The password is right, and a code is needed, too.
    case secondFactorRequired
    case forbidden(String = "whoever this is may not do that")
    case tooManyRequests(Allowance)
    case refused(Refusal)
    /// It was only to be tried, and would have been done.
    case rehearsed
    case nodeUnavailable(String)
    case node(NodeProblem)
    /// Ours: for the log, not for strangers.
    case failed(String)

    /// Wraps whatever lies below.
    static func of(_ error: any Error) -> ControlPlaneError {
        switch error {
        case let error as ControlPlaneError: error
        case Refusal.tokenGone: .unauthenticated("the token is not valid any more")
        case let error as Refusal: .refused(error)
        case is Rehearsed: .rehearsed
        case let error as NodeLinkError: of(error)
        case let error as NodeProblem: .node(error)
        default: .failed("\(error)")
        }
    }

    private static func of(_ error: NodeLinkError) -> ControlPlaneError {
        switch error {
        case .problem(let problem): .node(problem)
        case .unavailable, .interrupted, .timedOut, .violation: .nodeUnavailable(error.description)
        }
    }
}

func tried<Result>(_ body: () async throws -> Result) async throws(ControlPlaneError) -> Result {
    do { return try await body() } catch { throw .of(error) }
}
