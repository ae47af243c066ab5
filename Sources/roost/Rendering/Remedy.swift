internal import APIModel

extension Problem {
    /// What whoever reads it can do. Nil where the detail says all there is.
    var remedy: String? {
        switch code {
        case .invalidInput, .conflict, .preconditionFailed, .cancelled: nil  // the detail says it
        case .unauthenticated: "`roost login` takes another token; --socket asks the roostd of this host"
        case .invalidCredentials: "after some failures each attempt has to wait longer; who gives users their passwords gives another, and takes a lost authenticator away: `roost user password`"
        case .secondFactorRequired: "`roost login --user` asks for it"
        case .forbidden: "a token may do no more than it was given for: a tenant's asks about its own, with --tenant; --socket asks the roostd of this host, for whoever may open it"
        case .notFound: "what there is, `roost tenant list`, `plan list`, `template list`, `vps list`, `token list`, `user list`, `webhook list` and `operation list` show"
        case .uniquenessError: "choose another name, or delete what has it"
        case .suspended: "`roost tenant show` and `roost vps show` tell why; the platform's admins lift it: `roost tenant unsuspend`, `roost vps unsuspend`"
        case .resourceLimitExceeded: "ask for less, or raise the tenant's quota: `roost tenant set`"
        case .resourceUnavailable: "`roost node list` shows what each node has left"
        case .nodeUnavailable: "is roost-node running? `roost-node doctor` examines this host"
        case .operationFailed: "`roost doctor` examines the host; the logs of roostd and roost-node have the details"
        case .rateLimitExceeded: "wait a moment; `api.requestsPerSecond` in roostd's settings is the limit"
        case .serviceError: "roostd's log has the details\(requestID.map { " under request \(Visible.text($0))" } ?? "")"
        case .jsonError, .methodNotAllowed: "roost and roostd may be of different versions: `roost version`"
        }
    }
}
