import APIClient
import APIModel
import APIServerFake
import Kernel
@testable import roost
import Testing

@Suite("roost vps console", .timeLimit(.minutes(5))) struct ConsoleTests {
    @Test("what was said so far is shown, keys go to the guest, ctrl-] detaches and goes to nobody")
    func terminal() async throws {
        let log = Log()
        let script: FakeStream.Script = { guest in
            try await guest.send(.output(Array("[  OK  ] Reached target\r\nlogin: ".utf8)))
            while let message = try await guest.receive() {
                log.add(message)
                if case .input(let bytes) = message { try await guest.send(.output(bytes)) }
            }
        }
        try await FakeServer.with(answering: { _ in .stream(script) }) { server in
            try await TerminalSession.with(["vps", "console", "acme/web1"], socket: server.path) { session in
                try await session.waitFor("login: ")
                try session.type("root")
                try await session.waitFor("login: root")
                try session.type("\u{1D}")
                #expect(try await session.status() == 0)
                try await session.waitFor("detached from acme/web1")
                #expect(session.text.hasPrefix("roost: attached to the console of acme/web1; ctrl-] detaches"))
                #expect(try await session.settings == session.settingsBefore)
                #expect(server.requests.map(\.target) == ["/v1/tenants/acme/vps/web1/console"])
                try await log.wait(for: 2)
                #expect(log.messages.first == .resize(rows: 30, columns: 100))
                #expect(log.messages.dropFirst().flatMap { if case .input(let bytes) = $0 { bytes } else { [] as [UInt8] } } == Array("root".utf8))
            }
        }
    }

    @Test("without a terminal it can be scripted: what is piped in is typed")
    func pipes() async throws {
        let log = Log()
        let script: FakeStream.Script = { guest in while let message = try await guest.receive() { log.add(message) } }
        try await FakeServer.with(answering: { _ in .stream(script) }) { server in
            let result = try await RoostProgram.run(["vps", "console", "acme/web1"], socket: server.path, input: Array("reboot\n\u{1D}more".utf8))
            #expect(result.status == 0)
            #expect(result.errors.hasSuffix("roost: detached from acme/web1\n"))
            try await log.wait(for: 1)
            #expect(log.messages == [.input(Array("reboot\n".utf8))])
        }
    }

    @Test("a console that ends says so", arguments: [true, false])
    func closed(saysExit: Bool) async throws {
        let script: FakeStream.Script = { guest in
            try await guest.send(.output(Array("Power down.\n".utf8)))
            if saysExit { try await guest.send(.exit(0)) }
        }
        try await FakeServer.with(answering: { _ in .stream(script) }) { server in
            let result = try await RoostProgram.run(["vps", "console", "acme/web1"], socket: server.path)
            #expect(result.status == 0)
            #expect(result.output == "Power down.\n")
            #expect(result.errors.contains("the console of acme/web1 was closed"))
        }
    }
}
