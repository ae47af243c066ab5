import APIServerFake
import FoundationEssentials
import Kernel
import NIOPosix

/// The built program, run as a user runs it.
struct RoostProgram {
    struct Result: Equatable {
        var status: Int32
        var output: String
        var errors: String
    }

    static var path: String {
        // The test bundle is built beside it.
        (CommandLine.arguments.first.map { URL(filePath: $0) } ?? URL(filePath: ".")).deletingLastPathComponent().appending(path: "roost").path
    }

    static func environment(_ socket: String) -> [String: String] { ["ROOST_SOCKET": socket, "PATH": "/usr/bin:/bin", "TERM": "xterm"] }

    /// With `input` as its standard input, and no terminal.
    static func run(_ arguments: [String], of program: String = path, socket: String, input: [UInt8] = [], environment extra: [String: String] = [:]) async throws -> Result {
        try await TemporaryFolder.with { folder in
            try await NIOThreadPool.singleton.runIfActive {  // it blocks
                let source = try MemoryFile.sealed("input", input)
                let output = try Descriptor.open("\(folder)/output", .createNew)
                let errors = try Descriptor.open("\(folder)/errors", .createNew)
                let child = try Program.start(
                    program, arguments, environment: environment(socket).merging(extra) { $1 }, descriptors: [source.number, output.number, errors.number])
                let status = try child.wait().shellStatus
                return Result(status: status, output: try HostFile.readText("\(folder)/output"), errors: try HostFile.readText("\(folder)/errors"))
            }
        }
    }
}
