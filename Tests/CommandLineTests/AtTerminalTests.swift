import APIClient
import APIModel
import APIServerFake
import Kernel
@testable import roost
import Testing

@Suite("At a terminal", .timeLimit(.minutes(5))) struct AtTerminalTests {
    @Test("whoever deletes is asked, and only a yes deletes", arguments: [(keys: "y\n", status: 0), (keys: "YES\n", status: 0), (keys: "n\n", status: 1), (keys: "\n", status: 1), (keys: "\u{4}", status: 1)] as [(keys: String, status: Int32)])
    func asks(keys: String, status: Int32) async throws {
        try await FakeServer.with(answering: { _ in .json(Samples.operation(vps: nil)) }) { server in
            try await TerminalSession.with(["vps", "delete", "acme/web1"], socket: server.path) { session in
                try await session.waitFor("Delete acme/web1 and all that is on its disk? [y/N] ")
                try session.type(keys)
                #expect(try await session.status() == status)
                #expect(server.requests.isEmpty == (status != 0))
            }
        }
    }

    @Test("--yes is not asked") func yes() async throws {
        try await FakeServer.with(answering: { _ in .empty }) { server in
            try await TerminalSession.with(["plan", "delete", "small", "--yes"], socket: server.path) { session in
                try await session.waitFor("plan small deleted")
                #expect(try await session.status() == 0)
                #expect(!session.text.contains("[y/N]"))
            }
        }
    }

    @Test("progress is one line, drawn again and taken away") func progress() async throws {
        let steps = Steps([Samples.operation("running", progress: 20, message: "copying"), Samples.operation("running", progress: 60, message: "starting"), Samples.operation()])
        try await FakeServer.with(answering: { _ in .json(steps.next()) }) { server in
            try await TerminalSession.with(["vps", "start", "acme/web1"], socket: server.path) { session in
                #expect(try await session.status() == 0)
                try await session.waitFor("acme/web1 started")
                #expect(session.text == "\r\u{1B}[Kcreating acme/web1 [####................]  20 %  copying\r\u{1B}[Kcreating acme/web1 [############........]  60 %  starting\r\u{1B}[Kacme/web1 started\r\n")
            }
        }
    }

    @Test("ctrl-C ends the waiting and says that the operation goes on") func interrupted() async throws {
        try await FakeServer.with(answering: { _ in .json(Samples.operation("running", progress: 20, message: "copying")) }) { server in
            try await TerminalSession.with(["vps", "start", "acme/web1"], socket: server.path) { session in
                try await session.waitFor("copying")
                try session.signal(.interrupt)
                let status = try await session.status()
                #expect(status == 130)
                try await session.waitFor("operation op1 goes on; `roost operation wait op1`")
            }
        }
    }

    @Test("ctrl-C at a password leaves the terminal as it was") func secret() async throws {
        try await FakeServer.with(answering: { _ in .json(Samples.user) }) { server in
            try await TerminalSession.with(["user", "create", "alice", "--role", "admin"], socket: server.path) { session in
                try await session.waitFor("Password: ")
                while try await session.settings == session.settingsBefore { try await Task.sleep(for: .milliseconds(5)) }
                try session.signal(.interrupt)
                #expect(try await session.status() == 130)
                #expect(try await session.settings == session.settingsBefore)
                #expect(server.requests.isEmpty)
            }
        }
    }

    @Test("states have colours") func colour() async throws {
        try await FakeServer.with(answering: { _ in .json(ListPage([Samples.vps])) }) { server in
            try await TerminalSession.with(["vps", "list"], socket: server.path) { session in
                #expect(try await session.status() == 0)
                try await session.waitFor("\u{1B}[32mrunning\u{1B}[0m")
            }
        }
    }
}
