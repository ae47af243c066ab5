internal import NIOCore
internal import NIOHTTP1

/// One request, before it is sent.
struct HTTPCall: Sendable {
    var method: HTTPMethod
    var target: RequestTarget
    var body: [UInt8]?
    /// `Prefer: wait=N` (RFC 7240): the answer may take so many seconds.
    var wait: Int?

    init(_ method: HTTPMethod, _ target: RequestTarget, body: [UInt8]? = nil, wait: Int? = nil) {
        self.method = method
        self.target = target
        self.body = body
        self.wait = wait
    }

    /// Longer than any honest answer takes; a caller that waits on roostd gets its own time on top.
    var patience: TimeAmount { .seconds(Int64(60 + (wait ?? 0))) }

    func head(host: String, token: String?) -> HTTPRequestHead {
        var headers = HTTPHeaders([("Host", host), ("Accept", "application/json, application/problem+json"), ("Connection", "close")])
        if let token { headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let wait { headers.add(name: "Prefer", value: "wait=\(wait)") }
        if let body {
            headers.add(name: "Content-Type", value: "application/json")
            headers.add(name: "Content-Length", value: "\(body.count)")
        }
        return HTTPRequestHead(version: .http1_1, method: method, uri: target.text, headers: headers)
    }
}
