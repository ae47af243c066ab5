internal import FoundationEssentials

/// A folder of the test's own, short enough for sockets in it, gone afterwards.
package enum TemporaryFolder {
    @discardableResult
    package static func with<Result: Sendable>(_ body: @Sendable (String) async throws -> Result) async throws -> Result {
        let path = "/tmp/roost-cli-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: path) }  // a leftover is the next cleaner's
        return try await body(path)
    }
}

extension FakeServer {
    @discardableResult
    package static func with<Result: Sendable>(
        answering answer: @escaping @Sendable (Request) -> Reply, _ body: @escaping @Sendable (FakeServer) async throws -> Result
    ) async throws -> Result {
        try await TemporaryFolder.with { folder in try await with(path: "\(folder)/roostd.sock", answering: answer, body) }
    }
}
