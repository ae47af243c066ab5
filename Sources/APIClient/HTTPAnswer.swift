internal import APIModel
internal import FoundationEssentials

/// One whole answer, and what it means: a value, a problem, or nothing that this program understands.
struct HTTPAnswer: Sendable {
    var status: Int
    var contentType: String
    var body: [UInt8]

    /// Larger answers are refused, so that a broken server can't fill this program's memory.
    static let largestBody = 64 << 20

    func value<Value: Decodable>(_ type: Value.Type, from endpoint: Endpoint) throws -> Value {
        try throwUnlessSuccess(from: endpoint)
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            throw UnexpectedAnswer(endpoint, status: status, "not a \(type): \(error)")
        }
    }

    func throwUnlessSuccess(from endpoint: Endpoint) throws {
        if (200..<300).contains(status) { return }
        if let problem { throw problem }
        throw UnexpectedAnswer(endpoint, status: status, String(decoding: body.prefix(200), as: UTF8.self))
    }

    /// A code that this version does not know is taken by its status (RFC 9457, 3.1.2).
    var problem: Problem? {
        guard contentType.hasPrefix("application/problem+json") else { return nil }
        if let known = try? JSONDecoder().decode(Problem.self, from: Data(body)) { return known }  // the next line reads less of it
        guard let plain = try? JSONDecoder().decode(PlainProblem.self, from: Data(body)) else { return nil }  // no problem document at all
        var problem = Problem(code, plain.detail ?? plain.title ?? "no details")
        problem.status = status
        return problem
    }

    private var code: Problem.Code {
        switch status {
        case 400: .invalidInput
        case 401: .unauthenticated
        case 403: .forbidden
        case 404: .notFound
        case 405: .methodNotAllowed
        case 409: .conflict
        case 422: .resourceLimitExceeded
        case 429: .rateLimitExceeded
        case 503: .nodeUnavailable
        default: .serviceError
        }
    }

    private struct PlainProblem: Decodable {
        var title: String?
        var detail: String?
    }
}
