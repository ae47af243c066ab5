internal import APIModel
internal import ControlPlane
internal import Domain
internal import Logging
internal import NodeModel
internal import Store

extension Problem {
    /// As `scope` may see it: what a node has, and what others use of it, is the platform's; a reseller's quota is its own.
    init(_ error: ControlPlaneError, for scope: Scope) {
        switch error {
        case .refused(.nodeFull) where scope.reach != .platform: self.init(.resourceUnavailable, "the node has no room for it")
        case .refused(.resellerQuotaExceeded(let reseller, _)) where scope.reach != .platform && scope.tenant?.text != reseller: self.init(.resourceLimitExceeded, "exceeds the quota of the reseller \(reseller)")
        default: self.init(error)
        }
    }

    /// The one place where a use case's error becomes what a stranger sees.
    init(_ error: ControlPlaneError) {
        switch error {
        case .invalid(let detail): self.init(.invalidInput, detail)
        case .unauthenticated(let why): self.init(.unauthenticated, why)
        case .invalidCredentials(let why): self.init(.invalidCredentials, why)
        case .secondFactorRequired: self.init(.secondFactorRequired, "a code of the user's authenticator is needed, too")
        case .forbidden(let why): self.init(.forbidden, why)
        case .tooManyRequests(let allowance): self.init(.rateLimitExceeded, "too many requests; the next one will be let in in \(allowance.retryInSeconds ?? 1) s")
        case .refused(let refusal): self.init(refusal)
        case .rehearsed: self.init(.serviceError, "a rehearsal ended where none was asked for")
        case .nodeUnavailable(let why): self.init(.nodeUnavailable, why)
        case .node(let problem): self.init(problem)
        case .failed: self.init(.serviceError, "something failed that is not your doing; the log says more under this request's id")
        }
    }

    /// As a request's. What is not its sender's doing is for the log.
    func told(as requestID: String, of error: any Error, _ what: String, _ logger: Logger) -> Problem {
        var problem = self
        problem.requestID = requestID
        if status >= 500 { logger.error("\(what) failed", metadata: ["error": "\(error)", "request": "\(requestID)"]) }
        return problem
    }

    init(_ refusal: Refusal) {
        switch refusal {
        case .notFound(let kind, let name): self.init(.notFound, "there is no \(kind.rawValue) \(name)")
        case .nameTaken(let kind, let name): self.init(.uniquenessError, "there is a \(kind.rawValue) \(name) already")
        case .inUse(let kind, let name, let user): self.init(.conflict, "the \(kind.rawValue) \(name) is in use by \(user)")
        case .quotaExceeded(let exceeded): self.init(.resourceLimitExceeded, Self.words(exceeded, "the tenant's quota"), exceeded: exceeded.map(Exceeded.init))
        case .resellerQuotaExceeded(let reseller, let exceeded): self.init(.resourceLimitExceeded, Self.words(exceeded, "the quota of the reseller \(reseller)"), exceeded: exceeded.map(Exceeded.init))
        case .nodeFull(let exceeded): self.init(.resourceUnavailable, Self.words(exceeded, "what the node has"), exceeded: exceeded.map(Exceeded.init))
        case .noAddress(let family): self.init(.resourceUnavailable, "no \(family.rawValue) address is free")
        case .noIDSlot: self.init(.resourceUnavailable, "no range of ids is free on the node")
        case .nodeUnknown(let node): self.init(.nodeUnavailable, "the node \(node) has not been reached yet")
        case .diskTooSmall(let template, let minimum, let disk):
            self.init(.invalidInput, "the template \(template) needs a disk of \(minimum) bytes, the plan's is \(disk)")
        case .busy(let operation, let kind): self.init(.conflict, "\(kind) is under way (operation \(operation)); wait for its end")
        case .wrongState(let detail): self.init(.conflict, detail)
        case .changed(let what): self.init(.preconditionFailed, "\(what) is not as If-Match says; look at it again")
        case .suspended(let what, let reasons): self.init(.suspended, "\(what) is suspended (\(reasons.map(\.rawValue).joined(separator: ", "))): it runs, and its tenant changes it, only once every reason is lifted")
        case .tokenGone: self.init(.unauthenticated, "the token is not valid any more")
        case .repeated: self.init(.conflict, "the same request is under way; send it again to learn its answer")
        }
    }

    private init(_ problem: NodeProblem) {
        switch problem.code {
        case .notFound, .templateMissing: self.init(.notFound, problem.message)
        case .poolFull: self.init(.resourceUnavailable, problem.message)
        case .busy, .notRunning, .stale: self.init(.conflict, problem.message)
        case .invalid, .unsupported: self.init(.invalidInput, problem.message)
        case .cancelled: self.init(.cancelled, problem.message)
        case .templateBuildFailed, .startFailed, .failed: self.init(.operationFailed, problem.message)
        }
    }

    private static func words(_ exceeded: [Domain.Exceeded], _ whose: String) -> String {
        let parts = exceeded.map { "\($0.dimension.rawValue): limit \($0.limit), used \($0.used), requested \($0.requested)" }
        return "exceeds \(whose): \(parts.joined(separator: "; "))"
    }
}

extension Problem.Exceeded {
    init(_ exceeded: Domain.Exceeded) {
        self.init(resource: exceeded.dimension.rawValue, limit: exceeded.limit, used: exceeded.used, requested: exceeded.requested)
    }
}
