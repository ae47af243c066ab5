import APIServerFake
import CKernel
import Kernel
import NIOPosix
import Synchronization

/// The program at a terminal of the test's own, 30 rows and 100 columns.
final class TerminalSession: Sendable {
    private let controller: Descriptor
    private let peer: Descriptor
    private let folder: String
    private let child: Child
    private let screen: InterruptibleInput
    private let threads = NIOThreadPool(numberOfThreads: 3)  // the screen, the child's end, stty
    private let shown = Mutex("")
    /// stty(1)'s words for the settings before the program began.
    let settingsBefore: String

    private init(_ arguments: [String], socket: String, folder: String) async throws {
        controller = try Descriptor.open("/dev/ptmx", .readWrite)
        try checked(ck_terminal_unlock(controller.number), "unlock", "the terminal")
        peer = Descriptor(owning: try checked(ck_terminal_peer(controller.number), "open", "the terminal"))
        self.folder = folder
        screen = try InterruptibleInput(controller.number)
        try checked(ck_terminal_resize(controller.number, 30, 100), "resize", "the terminal")
        threads.start()
        settingsBefore = try Self.settings(peer, folder)
        child = try Program.start(
            RoostProgram.path, arguments, environment: RoostProgram.environment(socket), descriptors: [peer.number, peer.number, peer.number])
    }

    static func with(_ arguments: [String], socket: String, _ body: @Sendable (TerminalSession) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder in
            let session = try await TerminalSession(arguments, socket: socket, folder: folder)
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask { try await session.watch() }
                do { try await body(session) } catch {
                    try? session.signal(.terminate)  // it may have ended
                    session.screen.interrupt()
                    throw error
                }
                session.screen.interrupt()
            }
            try await session.threads.shutdownGracefully()
        }
    }

    private func watch() async throws {
        while case .bytes(let bytes) = try await threads.runIfActive({ try self.screen.read(atMost: 4096) }) {
            shown.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
        }
    }

    var text: String { shown.withLock { $0 } }

    /// Waits until the screen shows it, as long as the test may run.
    func waitFor(_ words: String) async throws { while !text.contains(words) { try await Task.sleep(for: .milliseconds(5)) } }

    func type(_ keys: String) throws { try controller.write(Array(keys.utf8)) }

    func resize(rows: UInt16, columns: UInt16) throws {
        try checked(ck_terminal_resize(controller.number, rows, columns), "resize", "the terminal")
        try signal(.windowChange)  // it is not the program's controlling terminal, which would have signalled
    }

    func signal(_ signal: Signal) throws { try child.signal(signal.rawValue) }

    func status() async throws -> Int32 { try await threads.runIfActive { try self.child.wait().shellStatus } }

    var settings: String { get async throws { try await threads.runIfActive { try Self.settings(self.peer, self.folder) } } }

    private static func settings(_ peer: borrowing Descriptor, _ folder: String) throws -> String {
        let output = try Descriptor.open("\(folder)/stty", .createOrTruncate)
        _ = try Program.start("/usr/bin/stty", ["-a"], descriptors: [peer.number, output.number, output.number]).wait()
        return try HostFile.readText("\(folder)/stty")
    }
}
