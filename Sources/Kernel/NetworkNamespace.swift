internal import CKernel

extension Descriptor {
    package static func networkNamespace(ofProcess pid: Int32) throws(KernelError) -> Descriptor { try open("/proc/\(pid)/ns/net", .read) }

    /// Runs `body` with the calling thread in the network namespace of this descriptor. What it opens there stays there (setns(2)).
    package func insideNetwork<Result>(_ body: () throws -> Result) throws -> Result {
        let home = try Descriptor.open("/proc/thread-self/ns/net", .read)
        try checked(ck_setns(number, CK_CLONE_NEWNET), "enter network namespace", "descriptor \(number)")
        defer {
            // A thread that cannot go home would do the host's next work inside a guest's network.
            if ck_setns(home.number, CK_CLONE_NEWNET) != 0 { fatalError("cannot return to the host's network namespace") }
        }
        return try body()
    }
}
