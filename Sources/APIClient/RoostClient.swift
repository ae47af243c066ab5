internal import APIModel
internal import FoundationEssentials
package import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// roostd's API, as functions. Each throws `APIModel.Problem` for what roostd refused, `Unreachable` where it did not answer, and
/// `UnexpectedAnswer` where the answer makes no sense. `wait`: for so many seconds at most, roostd waits for the operation's end before it answers.
package struct RoostClient: Sendable {
    package let endpoint: Endpoint
    private let token: String?
    let group: any EventLoopGroup

    /// `token`: shown over the network; at a socket nobody asks for one.
    package init(_ endpoint: Endpoint, token: String? = nil, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton) {
        self.endpoint = endpoint
        self.token = token
        self.group = group
    }

    func get<Value: Decodable>(_ target: RequestTarget, wait: Int? = nil) async throws -> Value {
        try await value(of: HTTPCall(.GET, target, wait: wait))
    }

    /// All of a listing, page by page. `limit`: no more than so many; nil: all.
    func all<Element: Listed>(_ target: RequestTarget, limit: Int? = nil) async throws -> [Element] {
        var elements: [Element] = []
        var cursor: String?
        repeat {
            let wanted = min(limit.map { $0 - elements.count } ?? Int.max, Paging.limits.upperBound)
            let page: ListPage<Element> = try await get(target.adding("limit", "\(wanted)").adding("cursor", cursor))
            elements += page.elements
            cursor = page.elements.isEmpty ? nil : page.next
        } while cursor != nil && limit.map { elements.count < $0 } ?? true
        return elements
    }

    func post<Value: Decodable>(_ target: RequestTarget, _ body: some Encodable, wait: Int? = nil) async throws -> Value {
        try await value(of: HTTPCall(.POST, target, body: encoded(body), wait: wait))
    }

    func post<Value: Decodable>(_ target: RequestTarget) async throws -> Value { try await value(of: HTTPCall(.POST, target)) }

    func patch<Value: Decodable>(_ target: RequestTarget, _ body: some Encodable, wait: Int? = nil) async throws -> Value {
        try await value(of: HTTPCall(.PATCH, target, body: encoded(body), wait: wait))
    }

    func put<Value: Decodable>(_ target: RequestTarget, _ body: some Encodable) async throws -> Value {
        try await value(of: HTTPCall(.PUT, target, body: encoded(body)))
    }

    func delete<Value: Decodable>(_ target: RequestTarget, wait: Int? = nil) async throws -> Value {
        try await value(of: HTTPCall(.DELETE, target, wait: wait))
    }

    func put(_ target: RequestTarget, _ body: some Encodable) async throws { try await done(HTTPCall(.PUT, target, body: encoded(body))) }

    func delete(_ target: RequestTarget) async throws { try await done(HTTPCall(.DELETE, target)) }

    /// For routes that answer with nothing.
    private func done(_ call: HTTPCall) async throws {
        try await HTTPExchange(endpoint: endpoint, token: token, group: group).answer(to: call).throwUnlessSuccess(from: endpoint)
    }

    private func value<Value: Decodable>(of call: HTTPCall) async throws -> Value {
        try await HTTPExchange(endpoint: endpoint, token: token, group: group).answer(to: call).value(Value.self, from: endpoint)
    }

    func handshake() -> StreamHandshake { StreamHandshake(endpoint: endpoint, token: token, group: group) }

    private func encoded(_ body: some Encodable) throws -> [UInt8] { Array(try JSONEncoder().encode(body)) }
}
