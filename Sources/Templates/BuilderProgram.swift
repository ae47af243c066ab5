internal import Disks
internal import Kernel

/// A long-running program that makes a tree. It holds the build's lock too, as its descriptor 3: should this process end, nobody
/// begins another build while it still writes. It has namespaces of its own for mounts and processes: what it mounts and starts goes
/// with it, however it ends. (A slave of ours: where the host's mounts are shared, as systemd makes them, a pool can be unmounted meanwhile.)
struct BuilderProgram {
    let file: String
    let package: String

    private static let unshare = "/usr/bin/unshare"
    private static let namespaces = ["--mount", "--propagation", "slave", "--pid", "--fork", "--kill-child=KILL"]

    func run(_ arguments: [String], environment: [String: String], holding lock: borrowing Descriptor, until stop: BuildStop, line: (String) -> Void) throws(TemplateError) {
        guard HostFile.exists(file) else { throw .pool(.missingProgram(file, package: package)) }
        guard HostFile.exists(Self.unshare) else { throw .pool(.missingProgram(Self.unshare, package: "util-linux")) }
        var last: [String] = []
        let exit = try attempt("running \(file)") { () throws(KernelError) in
            let null = try Descriptor.open("/dev/null", .readWrite)
            let output = try Pipe()
            let child = try Program.start(Self.unshare, Self.namespaces + ["--", file] + arguments, environment: environment, descriptors: [null.number, output.writing.number, output.writing.number, lock.number])
            let reading = output.keepReading()
            try stop.watching(child) { () throws(KernelError) in
                try Self.readLines(reading) { text in
                    last = last.suffix(11) + [text]
                    line(text)
                }
            }
            return try child.wait()
        }
        try stop.require()
        guard !exit.isSuccess else { return }
        if last.contains(where: { $0.contains("No space left on device") }) { throw .pool(.poolFull(doing: "running \(file)")) }
        throw .builder(file, exit, lastLines: last)
    }

    /// To the end, which comes when nobody can write any more. Of longer lines the first kibibyte.
    private static func readLines(_ source: borrowing Descriptor, _ line: (String) -> Void) throws(KernelError) {
        var pending: [UInt8] = []
        while true {
            let part = try source.read(atMost: 1 << 14)
            for byte in part.isEmpty ? [10] : part {
                if byte != 10 && byte != 13 {
                    if pending.count < 1024 { pending.append(byte) }
                    continue
                }
                if pending.isEmpty { continue }
                line(String(decoding: pending, as: UTF8.self))
                pending = []
            }
            if part.isEmpty { break }
        }
    }
}
