internal import APIModel

/// What the program's exit status says to scripts. Documented in `roost --help`.
enum ExitStatus: Int32, CaseIterable {
    case ok = 0
    case failed = 1
    case usage = 2
    case notFound = 3
    case quota = 4
    case conflict = 5
    case unreachable = 6

    var meaning: String {
        switch self {
        case .ok: "done"
        case .failed: "it was tried and failed"
        case .usage: "the command line, or a value in it, is not valid"
        case .notFound: "what it is about does not exist"
        case .quota: "refused by the tenant's quota"
        case .conflict: "in conflict with what is: the name is taken, or something is in use or under way"
        case .unreachable: "roostd, or the node, did not answer"
        }
    }

    init(_ code: Problem.Code) {
        switch code {
        case .invalidInput: self = .usage
        case .notFound: self = .notFound
        case .uniquenessError, .conflict, .suspended, .preconditionFailed: self = .conflict
        case .resourceLimitExceeded: self = .quota
        case .nodeUnavailable: self = .unreachable
        case .resourceUnavailable, .operationFailed, .cancelled, .unauthenticated, .invalidCredentials, .secondFactorRequired, .forbidden, .rateLimitExceeded, .serviceError, .jsonError, .methodNotAllowed: self = .failed
        }
    }
}
