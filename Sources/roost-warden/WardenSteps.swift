internal import CKernel
internal import WardenProtocolEmbedded

/// The warden's own steps: those before it has a child, and those that it does on its child.
struct WardenSteps {
    var descriptors: [Int32]
    let node: Channel
    var child: Int32 = 0
    /// The other end of the child's channel.
    var toChild = Channel(descriptor: -1)

    mutating func perform(_ step: Step) throws(Failure) {
        switch step {
        case .unshare(let flags): try checked(ck_unshare(flags))
        case .writeFile(let path, let content): try write(content, to: path)
        case .placeSelf(let slot): try write(decimal(0), into: try descriptor(slot))
        case .enter(let slot, let flags): try checked(ck_setns(try descriptor(slot), flags))
        case .mapIDs(let base, let count): try mapIDs(base: base, count: count)
        case .reportBirth: try node.send(Report.born(pid: child).encoded)
        case .receive:
            let packet = try node.receive(atMost: 16)
            if packet.bytes.isEmpty { throw Failure(code: Failure.missing) }  // the node gave up
            descriptors += packet.descriptors
        case .mapMount(let slot): try mapMount(try descriptor(slot))
        case .give(let slot): try toChild.send([1], [try descriptor(slot)])
        case .release: try toChild.send([1])
        default: throw Failure(code: Failure.invalid)
        }
    }

    func descriptor(_ slot: Step.Slot) throws(Failure) -> Int32 {
        guard Int(slot) < descriptors.count else { throw Failure(code: Failure.invalid) }
        return descriptors[Int(slot)]
    }

    private func childFile(_ name: StaticString) -> [UInt8] { bytes("/proc/") + decimal(Int(child)) + bytes(name) }

    private func mapIDs(base: UInt32, count: UInt32) throws(Failure) {
        let line = bytes("0 ") + decimal(Int(base)) + bytes(" ") + decimal(Int(count))
        try write(line, to: childFile("/gid_map"))
        try write(line, to: childFile("/uid_map"))
    }

    private func mapMount(_ mount: Int32) throws(Failure) {
        let namespace = try open(childFile("/ns/user"), flags: Int32(CK_O_RDONLY))
        defer { _ = ck_close(namespace) }
        // Busy while somebody may write to it: a program that the node started for another VPS meanwhile has copies of its
        // open files until it executes.
        var result: Int32
        var attempts = 2000
        repeat {
            result = ck_mount_setattr(mount, UInt64(CK_MOUNT_IDMAP), 0, 0, namespace, false)
            attempts -= 1
        } while result == -Failure.busy && attempts > 0 && ck_sleep(1_000_000) == 0
        try checked(result)
    }
}

func open(_ path: [UInt8], flags: Int32) throws(Failure) -> Int32 {
    try checked(unsafe withCString(path) { unsafe ck_openat(Int32(CK_AT_FDCWD), $0, flags, 0) })
}

func write(_ content: [UInt8], into descriptor: Int32) throws(Failure) {
    try checked(unsafe content.withUnsafeBytes { unsafe ck_write(descriptor, $0.baseAddress, $0.count) })
}

func write(_ content: [UInt8], to path: [UInt8]) throws(Failure) {
    let file = try open(path, flags: Int32(CK_O_WRONLY))
    defer { _ = ck_close(file) }
    try write(content, into: file)
}
