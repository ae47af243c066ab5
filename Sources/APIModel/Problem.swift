/// An RFC 9457 problem document. `code` is stable; software decides on it.
package struct Problem: Error, Codable, Sendable, Equatable {
    /// "about:blank", always: the code says more.
    package var type: String
    package var title: String
    package var status: Int
    package var detail: String
    package var code: Code
    package var requestID: String?
    /// For `resource_limit_exceeded`: every dimension that is exceeded.
    package var exceeded: [Exceeded]?

    package enum Code: String, Codable, Sendable, CaseIterable {
        case invalidInput = "invalid_input"
        case jsonError = "json_error"
        case notFound = "not_found"
        case methodNotAllowed = "method_not_allowed"
        case uniquenessError = "uniqueness_error"
        case conflict
        case suspended
        case preconditionFailed = "precondition_failed"
        case resourceLimitExceeded = "resource_limit_exceeded"
        case resourceUnavailable = "resource_unavailable"
        case nodeUnavailable = "node_unavailable"
        case operationFailed = "operation_failed"
        case cancelled
        case unauthenticated
        case invalidCredentials = "invalid_credentials"
        case secondFactorRequired = "second_factor_required"
        case forbidden
        case rateLimitExceeded = "rate_limit_exceeded"
        case serviceError = "service_error"

        package var status: Int {
            switch self {
            case .invalidInput, .jsonError: 400
            case .unauthenticated, .invalidCredentials, .secondFactorRequired: 401
            case .forbidden: 403
            case .notFound: 404
            case .methodNotAllowed: 405
            case .preconditionFailed: 412
            case .uniquenessError, .conflict, .suspended, .cancelled: 409
            case .resourceLimitExceeded, .resourceUnavailable: 422
            case .rateLimitExceeded: 429
            case .nodeUnavailable: 503
            case .operationFailed, .serviceError: 500
            }
        }

        package var title: String {
            switch self {
            case .invalidInput: "Invalid input"
            case .jsonError: "The body is not the JSON that was expected"
            case .unauthenticated: "Who are you?"
            case .invalidCredentials: "Login refused"
            case .secondFactorRequired: "A code is needed, too"
            case .forbidden: "Not allowed"
            case .notFound: "Not found"
            case .methodNotAllowed: "Method not allowed"
            case .uniquenessError: "The name is taken"
            case .conflict: "In conflict with the present state"
            case .suspended: "Suspended"
            case .preconditionFailed: "It has changed"
            case .resourceLimitExceeded: "Quota exceeded"
            case .rateLimitExceeded: "Too many requests"
            case .resourceUnavailable: "No room"
            case .nodeUnavailable: "Node unavailable"
            case .operationFailed: "The operation failed"
            case .cancelled: "Cancelled"
            case .serviceError: "Internal error"
            }
        }
    }

    package struct Exceeded: Codable, Sendable, Equatable {
        /// vps, cpuMillicores, memoryBytes, diskBytes or addresses
        package var resource: String
        package var limit: Int64
        package var used: Int64
        package var requested: Int64

        package init(resource: String, limit: Int64, used: Int64, requested: Int64) {
            self.resource = resource
            self.limit = limit
            self.used = used
            self.requested = requested
        }
    }

    package init(_ code: Code, _ detail: String, requestID: String? = nil, exceeded: [Exceeded]? = nil) {
        type = "about:blank"
        title = code.title
        status = code.status
        self.detail = detail
        self.code = code
        self.requestID = requestID
        self.exceeded = exceeded
    }
}
