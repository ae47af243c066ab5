package import NodeModel

/// The way to a node. A fake stands beside it in the tests.
package protocol NodeLink: Sendable {
    /// One request, its progress, its final reply; `NodeReply.problem` is thrown. Cancellation gives it up.
    func request(_ request: NodeRequest, within limit: Duration, progress: @escaping @Sendable (Double, String) -> Void) async throws(NodeLinkError) -> NodeReply

    /// Calls `event` for what there is, once `.synchronised`, and for every change, in order, until the connection ends: then it throws.
    func watch(_ event: @Sendable (WatchEvent) async throws -> Void) async throws

    /// An `exec` or `console`, for as long as `body` runs.
    func stream(_ request: NodeRequest, _ body: @Sendable (any NodeStream) async throws -> Void) async throws
}

package enum WatchEvent: Sendable, Equatable {
    case observation(Observation)
    case synchronised
}

package enum NodeLinkError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Nothing was sent.
    case unavailable(String)
    /// It may have been done or not.
    case interrupted(String)
    case timedOut(Duration)
    /// The node does not speak the protocol.
    case violation(String)
    case problem(NodeProblem)

    package var description: String {
        switch self {
        case .unavailable(let why): "the node cannot be reached: \(why)"
        case .interrupted(let why): "the connection to the node ended: \(why)"
        case .timedOut(let limit): "the node did not answer within \(limit)"
        case .violation(let what): "the node answered what it may not: \(what)"
        case .problem(let problem): problem.message
        }
    }
}

/// Both directions wait for the other side: nothing is buffered beyond a few frames.
package protocol NodeStream: Sendable {
    /// Nil: the node has closed it. For one reader.
    func next() async throws -> StreamFrame?
    func send(_ frame: StreamFrame) async throws
}

extension NodeLink {
    /// A request whose answer is an observation.
    func observation(_ request: NodeRequest, within limit: Duration) async throws(NodeLinkError) -> Observation {
        let reply = try await self.request(request, within: limit) { _, _ in }
        guard case .observation(let observation) = reply else { throw .violation("no observation") }
        return observation
    }

    func done(_ request: NodeRequest, within limit: Duration) async throws(NodeLinkError) {
        guard case .done = try await self.request(request, within: limit, progress: { _, _ in }) else { throw .violation("not done") }
    }

    func capacity(within limit: Duration) async throws(NodeLinkError) -> NodeCapacity {
        guard case .capacity(let capacity) = try await request(.capacity, within: limit, progress: { _, _ in }) else { throw .violation("no capacity") }
        return capacity
    }

    func templates(within limit: Duration) async throws(NodeLinkError) -> [TemplateObservation] {
        guard case .templates(let templates) = try await request(.templates, within: limit, progress: { _, _ in }) else { throw .violation("no templates") }
        return templates
    }
}
