import Foundation
import Testing

/// A debugger at a running program, which kills it at a system call of its own choice: strace(1), `inject=…:signal`.
private final class Killer {
    private let process = Process()
    /// What changes something, or says something to somebody.
    private static let calls = "%file,%desc,sendmsg,sendto,clone3,vfork,fsopen,fsconfig,fsmount,move_mount,open_tree,mount_setattr,pidfd_send_signal"

    /// At the `count`th of them that one of its threads makes from now on. Programs that it starts are let go.
    init(of pid: Int32, at count: Int) throws {
        process.executableURL = URL(filePath: "/usr/bin/strace")
        process.arguments = ["-f", "-p", "\(pid)", "-b", "execve", "-o", "/dev/null", "-e", "trace=\(Self.calls)", "-e", "inject=\(Self.calls):signal=SIGKILL:when=\(count)"]
        process.standardError = FileHandle.nullDevice
        try process.run()
        let attached = eventually {
            guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8) else { return true }  // met its call at once
            return status.contains("TracerPid:\t\(process.processIdentifier)\n") || status.contains("State:\tZ")
        }
        try #require(attached)
    }

    /// It does not listen to milder signals while what it watches is idle.
    func leave() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

extension EndToEnd {
    @Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/strace"), "needs strace"))
    struct Interruption {
        @Test func aNodeKilledAtAnyCallOfAVerbHasDoneItWhenItIsSaidAgain() throws {
            try withPlatform(slot: 20) { roost in
                try roost.makeTenant()
                try roost.makeBusybox()
                let verbs: [(verb: String, options: [String], isDone: (String) -> Bool)] = [
                    ("create", ["--plan", "small", "--template", "busybox"], { (try? roost.show($0))?.state == "running" }),
                    ("stop", ["--force"], { (try? roost.show($0))?.state == "stopped" }),
                    ("start", [], { (try? roost.show($0))?.state == "running" }),
                    ("delete", ["--yes"], { (try? roost.roost("vps", "show", $0))?.status == 3 }),
                ]
                var killed = 0
                // Nearer to each other where each call is a step, and never the same ones.
                for (first, last) in [(1, 2), (3, 5), (6, 9), (10, 15), (16, 24), (25, 40), (41, 70), (71, 120), (121, 250)] {
                    let count = Int.random(in: first...last)
                    for (verb, options, isDone) in verbs {
                        let name = "acme/k\(first)"
                        killed += try interrupted(roost, at: count) { _ = try roost.roost(["vps", verb, name] + options + ["--no-wait"]) } ? 1 : 0
                        _ = try roost.roost(["vps", verb, name] + options)  // it may have been done already
                        #expect(eventually { isDone(name) }, "\(verb) killed at call \(count): \(try? roost.show(name)) \(roost.logs)")
                    }
                }
                #expect(killed > 12, "of 36 verbs only \(killed) met the killer")
                #expect(try roost.list().isEmpty)
                #expect(try roost.must("address", "list", "--output", "json").output.filter { !$0.isWhitespace } == "[]")
                #expect(try roost.remains() == [])
            }
        }

        /// Whether the node was killed before all was done.
        private func interrupted(_ roost: Platform, at count: Int, _ verb: () throws -> Void) throws -> Bool {
            let pid = try #require(roost.pid("roost-node"))
            let killer = try Killer(of: pid, at: count)
            try verb()
            let settled = eventually { !roost.isRunning("roost-node") || (try? roost.operationStatuses())?.isSubset(of: ["succeeded", "failed"]) == true }
            killer.leave()
            #expect(settled)
            if roost.isRunning("roost-node") { return false }
            roost.kill("roost-node")
            try roost.start("roost-node")
            return true
        }
    }
}
