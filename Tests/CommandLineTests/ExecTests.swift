import APIClient
import APIModel
import APIServerFake
import Kernel
import NIOPosix
@testable import roost
import Synchronization
import Testing

@Suite("roost vps exec", .timeLimit(.minutes(5))) struct ExecTests {
    static let echo: FakeStream.Script = { guest in
        while let message = try await guest.receive() {
            switch message {
            case .input(let bytes): try await guest.send(.output(bytes))
            case .endOfInput:
                try await guest.send(.errorOutput(Array("end\n".utf8)))
                try await guest.send(.exit(7))
            default: try await guest.send(.failure("\(message)"))
            }
        }
    }

    @Test("the command's input, both outputs and status are passed on, byte for byte", arguments: [0, 1, 70_000, 4 << 20])
    func pipes(length: Int) async throws {
        let input = (0..<length).map { UInt8($0 % 127) }
        try await FakeServer.with(answering: { _ in .stream(Self.echo) }) { server in
            let result = try await RoostProgram.run(["vps", "exec", "acme/web1", "--", "cat", "-", "--tty"], socket: server.path, input: input)
            #expect(result.status == 7)
            #expect(result.errors == "end\n")
            #expect(result.output == String(decoding: input, as: UTF8.self))
            #expect(server.requests.map(\.target) == ["/v1/tenants/acme/vps/web1/exec?command=cat&command=-&command=--tty"])
        }
    }

    @Test("a command that does not read its input still ends with its own status")
    func unread() async throws {
        try await FakeServer.with(answering: { _ in .stream { try await $0.send(.output([65])); try await $0.send(.exit(5)) } }) { server in
            let result = try await RoostProgram.run(["vps", "exec", "acme/web1", "--", "true"], socket: server.path, input: [UInt8](repeating: 1, count: 8 << 20))
            #expect(result == RoostProgram.Result(status: 5, output: "A", errors: ""))
        }
    }

    @Test("a stream that does not come to a status is a failure of this program", arguments: [
        (row: "ends", script: { @Sendable _ in }, status: 1, words: "the stream ended before the command did"),
        (row: "fails", script: { @Sendable guest in try await guest.send(.failure("no such program: x")) }, status: 1, words: "no such program: x [operation_failed]"),
        (row: "makes no sense", script: { @Sendable guest in try await guest.send(raw: [99]) }, status: 1, words: "[unexpected_answer]"),
    ] as [(row: String, script: FakeStream.Script, status: Int32, words: String)])
    func broken(row: String, script: @escaping FakeStream.Script, status: Int32, words: String) async throws {
        try await FakeServer.with(answering: { _ in .stream(script) }) { server in
            let result = try await RoostProgram.run(["vps", "exec", "acme/web1", "--", "x"], socket: server.path)
            #expect(result.status == status, "\(row): \(result)")
            #expect(result.errors.contains(words), "\(row): \(result)")
        }
    }

    @Test("a VPS that is not there is not found") func missing() async throws {
        try await FakeServer.with(answering: { _ in .problem(Problem(.notFound, "no VPS a/b")) }) { server in
            let exec = try await RoostProgram.run(["vps", "exec", "a/b", "--", "x"], socket: server.path)
            let console = try await RoostProgram.run(["vps", "console", "a/b"], socket: server.path)
            #expect(exec.status == 3)
            #expect(console.status == 3)
        }
        #expect(try await RoostProgram.run(["vps", "exec", "a/b", "--", "x"], socket: "/nonexistent").status == 6)
    }

    @Test("--tty gives the command a terminal where there is none here") func forced() async throws {
        try await FakeServer.with(answering: { _ in .stream(Self.echo) }) { server in
            let result = try await RoostProgram.run(["vps", "exec", "acme/web1", "--tty", "--", "sh"], socket: server.path, input: Array("hello".utf8))
            #expect(result.output == "hello")
            #expect(server.requests.map(\.target) == ["/v1/tenants/acme/vps/web1/exec?command=sh&tty=1&rows=24&columns=80"])
        }
    }

    @Test("a reader of the output that leaves ends it as it would end any program")
    func brokenPipe() async throws {
        let endless: FakeStream.Script = { guest in while true { try await guest.send(.output([UInt8](repeating: 65, count: 65536))) } }
        try await FakeServer.with(answering: { _ in .stream(endless) }) { server in
            let status = try await NIOThreadPool.singleton.runIfActive {
                let pipe = try Pipe()
                let null = try Descriptor.open("/dev/null", .readWrite)
                let child = try Program.start(
                    RoostProgram.path, ["vps", "exec", "acme/web1", "--", "yes"], environment: RoostProgram.environment(server.path),
                    descriptors: [null.number, pipe.writing.number, null.number])
                _ = try pipe.reading.read(atMost: 1)
                _ = pipe.keepWriting()  // the reading end is closed
                return try child.wait().shellStatus
            }
            #expect(status == 141)
        }
    }

    @Test("at a terminal the command has it: every key, its size, its changes of size; and it is given back")
    func terminal() async throws {
        let log = Log()
        let script: FakeStream.Script = { guest in
            try await guest.send(.output(Array("ready\r\n".utf8)))
            while let message = try await guest.receive() {
                log.add(message)
                if message == .input([3]) { try await guest.send(.output(Array("interrupted\r\n".utf8))) }
                if message == .resize(rows: 40, columns: 120) { try await guest.send(.output(Array("resized\r\n".utf8))) }
                if message == .input(Array("q".utf8)) { try await guest.send(.exit(9)) }
            }
        }
        try await FakeServer.with(answering: { _ in .stream(script) }) { server in
            try await TerminalSession.with(["vps", "exec", "acme/web1", "--", "top"], socket: server.path) { session in
                try await session.waitFor("ready")
                #expect(try await session.settings.contains("-icanon"))
                #expect(try await session.settings.contains("-isig"))
                try session.type("\u{3}")
                try await session.waitFor("interrupted")
                try session.resize(rows: 40, columns: 120)
                try await session.waitFor("resized")
                try session.type("q")
                #expect(try await session.status() == 9)
                #expect(!session.text.contains("^C"))
                #expect(try await session.settings == session.settingsBefore.replacing("rows 30; columns 100", with: "rows 40; columns 120"))
                #expect(server.requests.map(\.target) == ["/v1/tenants/acme/vps/web1/exec?command=top&tty=1&rows=30&columns=100"])
            }
        }
    }

    @Test("the terminal is given back whatever ends the program", arguments: [
        (row: "SIGTERM", signal: Signal.terminate as Signal?, status: 143), (row: "SIGHUP", signal: .hangUp, status: 129), (row: "SIGINT", signal: .interrupt, status: 130),
        (row: "SIGQUIT", signal: .quit, status: 131), (row: "roostd is gone", signal: nil, status: 1),
    ] as [(row: String, signal: Signal?, status: Int32)])
    func givenBack(row: String, signal: Signal?, status: Int32) async throws {
        let script: FakeStream.Script = { guest in
            try await guest.send(.output(Array("ready\r\n".utf8)))
            while let message = try await guest.receive() { if message == .input(Array("q".utf8)) { return } }
        }
        try await FakeServer.with(answering: { _ in .stream(script) }) { server in
            try await TerminalSession.with(["vps", "exec", "acme/web1", "--", "sh"], socket: server.path) { session in
                try await session.waitFor("ready")
                #expect(try await session.settings != session.settingsBefore)
                if let signal { try session.signal(signal) } else { try session.type("q") }
                #expect(try await session.status() == status, "\(row)")
                #expect(try await session.settings == session.settingsBefore, "\(row)")
            }
        }
    }

    @Test("with --no-tty a terminal stays as it is") func noTTY() async throws {
        try await FakeServer.with(answering: { _ in .stream { try await $0.send(.output(Array("plain\n".utf8))); _ = try await $0.receive(); try await $0.send(.exit(0)) } }) { server in
            try await TerminalSession.with(["vps", "exec", "acme/web1", "--no-tty", "--", "sh"], socket: server.path) { session in
                try await session.waitFor("plain")
                #expect(try await session.settings == session.settingsBefore)
                try session.type("x\n")
                #expect(try await session.status() == 0)
                #expect(server.requests.map(\.target) == ["/v1/tenants/acme/vps/web1/exec?command=sh"])
            }
        }
    }
}

final class Log: Sendable {
    private let all = Mutex<[StreamMessage]>([])
    var messages: [StreamMessage] { all.withLock { $0 } }

    /// Waits for so many, as long as the test may run: the program can end before the fake has read all.
    func wait(for count: Int) async throws { while messages.count < count { try await Task.sleep(for: .milliseconds(5)) } }

    func add(_ message: StreamMessage) { all.withLock { $0.append(message) } }
}
