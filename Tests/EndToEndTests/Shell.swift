import Foundation

/// A program that ran to its end.
struct Outcome: Sendable {
    var status: Int32
    var output: String
    var errors: String
    var trimmed: String { output.trimmingCharacters(in: .whitespacesAndNewlines) }
}

/// Runs a program, by name through PATH or by path. Ends it after `seconds`, with status 124, as timeout(1) does.
@discardableResult
func run(_ program: String, _ arguments: [String], environment: [String: String] = [:], input: String = "", seconds: Double = 120) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/timeout")
    process.arguments = ["-k", "2", "\(seconds)", program] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (output, errors, source) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = source
    try process.run()
    let errorReader = Reader(errors.fileHandleForReading)
    source.fileHandleForWriting.write(Data(input.utf8))
    try source.fileHandleForWriting.close()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(status: process.terminationStatus, output: String(decoding: said, as: UTF8.self), errors: errorReader.text())
}

/// Reads one stream to its end on a thread of its own, so that neither of two can fill up.
private final class Reader: @unchecked Sendable {  // `data` is written before `done` is signalled, read after
    private var data = Data()
    private let done = DispatchSemaphore(value: 0)

    init(_ handle: FileHandle) {
        Thread.detachNewThread {
            self.data = handle.readDataToEndOfFile()
            self.done.signal()
        }
    }

    func text() -> String {
        done.wait()
        return String(decoding: data, as: UTF8.self)
    }
}

/// Asks again and again until it is so. False: it was not, in time. The machine may be an emulated one: be generous.
func eventually(seconds: Double = 30, _ isSo: () throws -> Bool) rethrows -> Bool {
    let end = Date(timeIntervalSinceNow: seconds * Machine.patience)
    while Date() < end {
        if try isSo() { return true }
        Thread.sleep(forTimeInterval: 0.05)
    }
    return false
}

enum Machine {
    static let isRoot = getuid() == 0
    /// How much slower than a real machine this one may be; set where it is emulated.
    static let patience = Double(ProcessInfo.processInfo.environment["ROOST_TEST_PATIENCE"] ?? "1") ?? 1
    static let hasMirror = ProcessInfo.processInfo.environment["ROOST_TEST_NO_MIRROR"] == nil

    static func processes(inTheNamespaceOf pid: Int32) -> Int {
        func namespace(_ pid: String) -> String? { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/ns/pid") }  // it has ended
        let wanted = namespace("\(pid)")
        return ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).count { Int32($0) != nil && namespace($0) == wanted }
    }
}
