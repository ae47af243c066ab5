import APIClient
import APIModel
import APIServerFake
import Synchronization
import Testing

@Suite("Streams") struct StreamTests {
    static let web1 = VPSName(tenant: "acme", name: "web1")

    @Test("what is sent arrives, both ways, until the exit; fragments are joined and pings answered")
    func both() async throws {
        let script: FakeStream.Script = { guest in
            try await guest.ping("are you there")
            while let message = try await guest.receive() {
                switch message {
                case .input(let bytes): try await guest.send(.output(bytes.reversed()))
                case .endOfInput:
                    try await guest.sendFragmented(.errorOutput(Array(guest.pongs.joined().utf8)))
                    try await guest.send(.exit(3))
                default: try await guest.send(.failure("\(message)"))
                }
            }
        }
        try await FakeServer.with(answering: { _ in .stream(script) }) { server in
            let received = try await RoostClient(server.endpoint).exec(["sh", "-c", "a b"], in: Self.web1, terminal: TerminalSize(rows: 5, columns: 6)) { stream in
                try await stream.send(.input([1, 2, 3]))
                var received: [StreamMessage] = []
                for try await message in stream.messages {
                    received.append(message)
                    if case .output = message { try await stream.send(.endOfInput) }
                    if case .exit = message { break }
                }
                return received
            }
            #expect(received == [.output([3, 2, 1]), .errorOutput(Array("are you there".utf8)), .exit(3)])
            #expect(server.requests.map(\.target) == ["/v1/tenants/acme/vps/web1/exec?command=sh&command=-c&command=a%20b&tty=1&rows=5&columns=6"])
        }
    }

    @Test("a refused stream throws the problem")
    func refused() async throws {
        let problem = Problem(.notFound, "no VPS acme/web1")
        try await FakeServer.with(answering: { _ in .problem(problem) }) { server in
            await #expect(throws: problem) { try await RoostClient(server.endpoint).console(of: Self.web1) { _ in } }
        }
    }

    @Test("a stream of another protocol is not begun")
    func otherProtocol() async throws {
        try await FakeServer.with(answering: { _ in .stream({ _ in }, subprotocol: "chat") }) { server in
            await #expect(throws: UnexpectedAnswer.self) { try await RoostClient(server.endpoint).console(of: Self.web1) { _ in } }
        }
    }

    @Test("an answer that is no stream, and none at all, are told apart", arguments: [true, false])
    func noStream(answers: Bool) async throws {
        try await FakeServer.with(answering: { _ in answers ? .json([1]) : .nothing }) { server in
            do {
                try await RoostClient(server.endpoint).console(of: Self.web1) { _ in }
                Issue.record("there was no stream")
            } catch is UnexpectedAnswer { #expect(answers) } catch is Unreachable { #expect(!answers) }
        }
    }

    @Test("a message that makes no sense ends the stream with an error")
    func malformed() async throws {
        try await FakeServer.with(answering: { _ in .stream { try await $0.send(raw: [9]); _ = try await $0.receive() } }) { server in
            await #expect(throws: UnexpectedAnswer.self) {
                try await RoostClient(server.endpoint).console(of: Self.web1) { stream in for try await _ in stream.messages {} }
            }
        }
    }

    @Test("the end without an exit is seen as such", arguments: [true, false])
    func end(isAnnounced: Bool) async throws {
        try await FakeServer.with(answering: { _ in .stream { guest in
            try await guest.send(.output([1]))
            if isAnnounced { try await guest.close() }
        } }) { server in
            let received = try await RoostClient(server.endpoint).console(of: Self.web1) { stream in
                var received: [StreamMessage] = []
                for try await message in stream.messages { received.append(message) }
                return received
            }
            #expect(received == [.output([1])])
        }
    }

    /// What the sockets' buffers and both queues may hold; without back-pressure all of it would be sent at once.
    static let part = [UInt8](repeating: 1, count: 65536)
    static let parts = 400
    static let mostUnderWay = 100

    @Test("a guest that says much waits for who reads it")
    func slowReader() async throws {
        let sent = Counter()
        let script: FakeStream.Script = { guest in
            for _ in 0..<Self.parts {
                try await guest.send(.output(Self.part))
                sent.add()
            }
            try await guest.send(.exit(0))
            _ = try await guest.receive()
        }
        try await FakeServer.with(answering: { _ in .stream(script) }) { server in
            try await RoostClient(server.endpoint).console(of: Self.web1) { stream in
                var received = 0
                var mostUnderWay = 0
                for try await message in stream.messages {
                    if case .exit = message { break }
                    received += 1
                    mostUnderWay = max(mostUnderWay, sent.value - received)
                    try await Task.sleep(for: .milliseconds(2))  // slower than the guest; nothing is measured by it
                }
                #expect(received == Self.parts)
                #expect(mostUnderWay < Self.mostUnderWay)
            }
        }
    }

    @Test("whoever sends much waits for a guest that reads slowly")
    func slowGuest() async throws {
        let received = Counter()
        let script: FakeStream.Script = { guest in
            while case .input = try await guest.receive() {
                received.add()
                try await Task.sleep(for: .milliseconds(2))
            }
            try await guest.send(.exit(0))
        }
        try await FakeServer.with(answering: { _ in .stream(script) }) { server in
            try await RoostClient(server.endpoint).exec(["cat"], in: Self.web1) { stream in
                var mostUnderWay = 0
                for sent in 1...Self.parts {
                    try await stream.send(.input(Self.part))
                    mostUnderWay = max(mostUnderWay, sent - received.value)
                }
                try await stream.send(.endOfInput)
                for try await message in stream.messages { if case .exit = message { break } }
                #expect(received.value == Self.parts)
                #expect(mostUnderWay < Self.mostUnderWay)
            }
        }
    }
}

final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    var value: Int { count.load(ordering: .sequentiallyConsistent) }
    func add() { count.add(1, ordering: .sequentiallyConsistent) }
}
