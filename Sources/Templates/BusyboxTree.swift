internal import Disks
internal import Kernel

/// A system of one program: the host's static busybox, with a link for each name that it answers to.
struct BusyboxTree {
    static let program = "/usr/bin/busybox"

    /// Into `place`/root.
    func build(in place: borrowing Directory) throws(TemplateError) {
        guard HostFile.exists(Self.program) else { throw .pool(.missingProgram(Self.program, package: "busybox-static")) }
        let bytes = try attempt("reading \(Self.program)") { () throws(KernelError) in try HostFile.read(Self.program) }
        guard Self.isStatic(bytes) else { throw .notStatic(Self.program) }
        let applets = try inPool { () throws(DiskError) in try Tool(Self.program, package: "busybox-static").run(["--list-full"]) }
        try attempt("writing busybox's tree") { () throws(KernelError) in
            try place.makeDirectory("root")
            let root = try place.directory("root")
            for path in applets.compactMap({ GuestPath("/\($0)") }) where path.description != "/bin/busybox" {
                try root.makeFolder(path.parts.dropLast()).link(path.parts.last ?? "", to: "/bin/busybox")
            }
            let bin = try root.makeFolder(["bin"])
            let file = try bin.open("busybox", .createNew, mode: 0o755)
            try file.write(bytes)
            try file.changeMode(0o755)
        }
    }

    /// A program that needs shared libraries names its loader (PT_INTERP), near its start.
    static func isStatic(_ program: [UInt8]) -> Bool {
        let head = Array(program.prefix(4096)), loader = Array("/ld-".utf8)
        guard head.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else { return false }
        return !head.indices.contains { head[$0...].starts(with: loader) }
    }
}

extension Directory {
    /// The folder that a path of names leads to, made with its parents where it is not there; no link is followed.
    func makeFolder(_ parts: some Sequence<String>) throws(KernelError) -> Directory {
        var folder = try directory(".")
        for part in parts {
            let isNew = try folder.information(of: part) == nil
            try folder.makeDirectory(part)
            folder = try folder.directory(part)
            if isNew { try folder.descriptor.changeMode(0o755) }  // whatever our umask is
        }
        return folder
    }
}
