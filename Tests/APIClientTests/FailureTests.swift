import APIClient
import APIModel
import APIServerFake
import Testing

@Suite("What goes wrong") struct FailureTests {
    private func error(from reply: Reply) async throws -> (any Error)? {
        try await FakeServer.with(answering: { _ in reply }) { server in
            do { _ = try await RoostClient(server.endpoint).plans() } catch { return error }
            return nil
        }
    }

    @Test("a refusal arrives as the problem that roostd made of it")
    func problem() async throws {
        let problem = Problem(.resourceLimitExceeded, "no room", requestID: "r1", exceeded: [.init(resource: "memoryBytes", limit: 1, used: 1, requested: 1)])
        #expect(try await error(from: .problem(problem)) as? Problem == problem)
    }

    @Test("a code of a later version is taken by its status", arguments: [(404, Problem.Code.notFound), (409, .conflict), (422, .resourceLimitExceeded), (400, .invalidInput), (503, .nodeUnavailable), (429, .rateLimitExceeded), (500, .serviceError)])
    func unknownCode(status: Int, code: Problem.Code) async throws {
        let reply = Reply.text(status: status, contentType: "application/problem+json", #"{"type":"about:blank","title":"T","status":\#(status),"detail":"D","code":"new_one"}"#)
        let problem = try await error(from: reply) as? Problem
        #expect(problem?.code == code)
        #expect(problem?.detail == "D")
    }

    @Test("an error that is no problem document says its status")
    func otherError() async throws {
        let answer = try await error(from: .text(status: 502, contentType: "text/html", "<h1>Bad</h1>")) as? UnexpectedAnswer
        #expect(answer?.status == 502)
        #expect(answer?.words == "<h1>Bad</h1>")
    }

    @Test("JSON of another shape is not taken for an answer")
    func otherJSON() async throws { #expect(try await error(from: .json(["plans": 1])) is UnexpectedAnswer) }

    @Test("an answer that is cut off is not taken for a whole one", arguments: [Reply.nothing, .cutOff])
    func cutOff(reply: Reply) async throws {
        let failure = try await error(from: reply) as? Unreachable
        #expect(failure?.reason == .cutOff)
    }

    /// Its end is written after its head, and by then the answer may be there and the connection gone.
    @Test("an answer counts, whether or not all of the request could be sent", arguments: [("a small one", 1), ("one that is larger than what the socket holds", 8 << 20)])
    func answeredEarly(row: String, length: Int) async throws {
        let answer = "HTTP/1.1 422 Unprocessable Content\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nConnection: close\r\n\r\nfull"
        try await HastyServer.with(answer: answer) { endpoint in
            for _ in 0..<(length > 1 ? 10 : 200) {
                do {
                    _ = try await RoostClient(endpoint).createVPS(of: "acme", VPSCreate(name: String(repeating: "x", count: length), plan: "small", template: "busybox"))
                    Issue.record("\(row): it was refused")
                } catch {
                    #expect((error as? UnexpectedAnswer)?.status == 422, "\(row): \(error)")
                }
            }
        }
    }

    @Test("nobody there is told apart by why")
    func unreachable() async throws {
        try await TemporaryFolder.with { folder in
            await #expect(throws: Unreachable(.unixSocket(path: "\(folder)/none"), .noSocket)) { try await RoostClient(.unixSocket(path: "\(folder)/none")).plans() }
            let long = folder + "/" + String(repeating: "x", count: 120)
            await #expect(throws: Unreachable(.unixSocket(path: long), .pathTooLong)) { try await RoostClient(.unixSocket(path: long)).plans() }
            let left = try await FakeServer.with(path: "\(folder)/s", answering: { _ in .nothing }) { $0.endpoint }
            await #expect(throws: Unreachable.self) { try await RoostClient(left).plans() }
            await #expect(throws: Unreachable(.port(host: "127.0.0.1", port: 1), .nobodyListens)) { try await RoostClient(.port(host: "127.0.0.1", port: 1)).plans() }
        }
    }
}
