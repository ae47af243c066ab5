internal import Domain
internal import HTTPTypes
internal import Hummingbird

extension Response {
    /// As hosters' APIs say it: how many, how many are left, and in how many seconds all will be there again.
    mutating func note(_ allowance: Allowance) {
        if allowance.limit > 0 {
            headers[.rateLimitLimit] = "\(allowance.limit)"
            headers[.rateLimitRemaining] = "\(allowance.remaining)"
            headers[.rateLimitReset] = "\(allowance.fullInSeconds)"
        }
        if let seconds = allowance.retryInSeconds { headers[.retryAfter] = "\(seconds)" }
    }
}

extension HTTPField.Name {
    static let rateLimitLimit = HTTPField.Name("RateLimit-Limit")!  // a token
    static let rateLimitRemaining = HTTPField.Name("RateLimit-Remaining")!  // a token
    static let rateLimitReset = HTTPField.Name("RateLimit-Reset")!  // a token
}
