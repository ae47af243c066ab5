internal import CKernel

/// Starts other programs: by absolute path, with exactly the arguments, environment and descriptors given (vfork(2), execve(2)).
package enum Program {
    package static let plainEnvironment = ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/root"]

    /// Descriptor i of the new program is `descriptors[i]`; it has no other. Its own session, default signals.
    package static func start(_ file: String, _ arguments: [String], environment: [String: String] = plainEnvironment, descriptors: [Int32]) throws(KernelError) -> Child {
        try start(file, arguments, environment, descriptors, cgroup: -1)
    }

    /// Likewise, born in a v2 cgroup (CLONE_INTO_CGROUP), which takes none of the wait of an attachment.
    package static func start(_ file: String, _ arguments: [String], environment: [String: String] = plainEnvironment, descriptors: [Int32], in cgroup: borrowing Descriptor) throws(KernelError) -> Child {
        try start(file, arguments, environment, descriptors, cgroup: cgroup.number)
    }

    private static func start(_ file: String, _ arguments: [String], _ environment: [String: String], _ descriptors: [Int32], cgroup: Int32) throws(KernelError) -> Child {
        var pid: Int32 = 0
        let result = unsafe withCStrings([file] + arguments) { arguments in
            unsafe withCStrings(environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { environment in
                unsafe ck_spawn(file, arguments, environment, descriptors, Int32(descriptors.count), cgroup, &pid)
            }
        }
        try checked(result, "start", file)
        return Child(pid: pid, pidfd: Descriptor(owning: try checked(ck_pidfd_open(pid), "watch", "\(file) (\(pid))")))
    }

    /// Runs to the end, standard input from `input` (default: nothing). `line` is called with each line of both outputs.
    package static func run(_ file: String, _ arguments: [String], environment: [String: String] = plainEnvironment, input: [UInt8] = [], line: (String) -> Void = { _ in }) throws(KernelError) -> Exit {
        let null = try Descriptor.open("/dev/null", .readWrite)
        let output = try Pipe()
        let source: Descriptor
        if input.isEmpty {
            source = try null.duplicate()
        } else {  // a sealed file in memory: no second thread is needed to feed a pipe
            source = try MemoryFile.sealed("input", input)
        }
        let child = try start(file, arguments, environment: environment, descriptors: [source.number, output.writing.number, output.writing.number])
        let reading = output.keepReading()
        var pending: [UInt8] = []
        while true {
            let part = try reading.read(atMost: 4096)
            if part.isEmpty { break }
            pending += part
            while let end = pending.firstIndex(where: { $0 == 10 || $0 == 13 }) {
                line(String(decoding: pending[..<end], as: UTF8.self))
                pending.removeSubrange(...end)
            }
        }
        if !pending.isEmpty { line(String(decoding: pending, as: UTF8.self)) }
        return try child.wait()
    }
}

/// A child process, held by pidfd(2): a reused pid can never be meant.
package struct Child: ~Copyable, Sendable {
    package let pid: Int32
    package let pidfd: Descriptor

    package func wait() throws(KernelError) -> Exit {
        var code: Int32 = 0
        var status: Int32 = 0
        try unsafe checked(ck_wait_pidfd(pidfd.number, true, &code, &status), "wait for", "process \(pid)")
        return code == 1 ? .status(status) : .signal(status)
    }

    package func signal(_ number: Int32) throws(KernelError) {
        try checked(ck_pidfd_signal(pidfd.number, number), "signal", "process \(pid)")
    }
}

package enum Exit: Sendable, Equatable {
    case status(Int32)
    case signal(Int32)

    /// As a shell says it: 128 + n for signal n.
    package var shellStatus: Int32 {
        switch self {
        case .status(let status): status
        case .signal(let signal): 128 + signal
        }
    }
    package var isSuccess: Bool { self == .status(0) }
}

package struct Pipe: ~Copyable {
    package let reading: Descriptor
    package let writing: Descriptor

    package init() throws(KernelError) {
        var ends: (Int32, Int32) = (0, 0)
        let result = unsafe withUnsafeMutableBytes(of: &ends) { unsafe ck_pipe($0.bindMemory(to: Int32.self).baseAddress) }
        try checked(result, "make", "pipe")
        reading = Descriptor(owning: ends.0)
        writing = Descriptor(owning: ends.1)
    }

    /// The writing end is closed: the other side's end is then the end of the file.
    package consuming func keepReading() -> Descriptor { reading }
    package consuming func keepWriting() -> Descriptor { writing }
}

package enum MemoryFile {
    /// A file in memory that nobody can change any more (memfd_create(2), F_SEAL_WRITE), open at its start.
    package static func sealed(_ name: String, _ bytes: [UInt8]) throws(KernelError) -> Descriptor {
        let file = Descriptor(owning: try unsafe checked(ck_memfd(name), "make", "file in memory"))
        try file.write(bytes)
        // For our own root alone: a guest that is sent a program could else execute, and so open, what wardens execute (CVE-2019-5736).
        try file.changeMode(0o500)
        // Its pages are busy for as long as the kernel has them in its hands: on a busy machine longer than the 150 ms for which
        // it waits itself (memfd_wait_for_pins in mm/memfd.c).
        let number = file.number
        try Pause.whileBusy { () throws(KernelError) in try checked(ck_seal(number), "seal", "file in memory") }
        return try Descriptor.open("/proc/self/fd/\(file.number)", .read)
    }
}

/// A NULL-terminated array of C strings that live until `body` returns.
func withCStrings<Result>(_ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result) -> Result {
    let bytes = strings.map { Array($0.utf8CString) }
    var storage = bytes.flatMap { $0 }
    return unsafe storage.withUnsafeMutableBufferPointer { buffer in
        var offset = 0
        var pointers = unsafe [UnsafeMutablePointer<CChar>?]()
        for string in bytes {
            unsafe pointers.append(buffer.baseAddress.map { unsafe $0 + offset })
            offset += string.count
        }
        unsafe pointers.append(nil)
        return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }  // never empty: it ends with NULL
    }
}
