internal import CKernel
internal import WardenProtocolEmbedded

/// The child's steps, up to the guest's program. It holds every capability over its own namespaces, none over the host's.
struct ChildSteps {
    var descriptors: [Int32]
    let warden: Channel
    /// Where the guest's paths start; −1 before `stage` and `placeRoot`.
    var root: Int32 = -1
    var stage: Int32 = -1
    /// An empty file system for all covered directories; −1 until one is needed.
    var emptiness: Int32 = -1

    mutating func perform(_ step: Step) throws(Failure) {
        switch step {
        case .placeSelf(let slot): try write(decimal(0), into: try descriptor(slot))
        case .take:
            let packet = try warden.receive(atMost: ChildMessage.longest)
            guard let descriptor = packet.descriptors.first else { throw Failure(code: Failure.missing) }
            descriptors.append(descriptor)
        case .hold: if try warden.receive(atMost: ChildMessage.longest).bytes.isEmpty { throw Failure(code: Failure.missing) }  // the warden gave up
        case .unshare(let flags): try checked(ck_unshare(flags))
        case .makeMountsPrivate: try checked(ck_make_mounts_private())
        case .stage: try makeStage()
        case .placeRoot(let slot):
            root = try descriptor(slot)
            try checked(unsafe withCString(bytes("/")) { unsafe ck_move_mount(root, Int32(CK_AT_FDCWD), $0) })
            try checked(ck_change_directory_fd(root))
        case .unstage(let path): try attach(try openBeneath(stage, path, flags: UInt64(CK_O_PATH)), at: path)
        case .makeDirectory(let path, let mode): try unsafe make(path) { parent, name in unsafe ck_mkdirat(parent, name, mode) }
        case .makeFile(let path, let mode): try makeFile(path, mode: mode)
        case .link(let path, let content):
            try unsafe make(path) { parent, name in unsafe withCString(content) { unsafe ck_symlinkat($0, parent, name) } }
        case .mount(let type, let path, let attributes, let options): try mount(type, at: path, attributes, options)
        case .mountParts(let type, let path, let attributes, let parts): try mountParts(type, at: path, attributes, parts)
        case .bindHost(let source, let path):
            let tree = try checked(unsafe withCString(source) { unsafe ck_open_tree(Int32(CK_AT_FDCWD), $0, true, false) })
            try attach(tree, at: path)
        case .mask(let path): try mask(path)
        case .makeReadOnly(let path): try makeReadOnly(path)
        case .openTerminal(let path, let rows, let columns): try openTerminal(bindTo: path, rows: rows, columns: columns)
        case .standardStreams(let input, let output, let error):
            try useAsStandardStreams(try descriptor(input), try descriptor(output), try descriptor(error))
        case .pivot: try checked(ck_pivot_here())
        case .setHostname(let name): try checked(unsafe withCString(name) { unsafe ck_set_hostname($0, name.count) })
        case .newSession: try checked(ck_set_session())
        case .newKeyring: try checked(ck_new_session_keyring())
        case .becomeRoot:
            try checked(ck_become(0, 0))
            _ = ck_set_parent_death_signal(9)  // a change of ids clears it
        case .loadFilter(let program): try checked(unsafe program.withUnsafeBufferPointer { unsafe ck_load_filter($0.baseAddress, $0.count) })
        case .limitCapabilities(let keep, let last): try limitCapabilities(keep: keep, last: last)
        case .changeDirectory(let path): try checked(unsafe withCString(path) { unsafe ck_change_directory($0) })
        case .tryDirectory(let path): _ = unsafe withCString(path) { unsafe ck_change_directory($0) }
        case .execute(let arguments, let environment): try execute(arguments, environment)
        default: throw Failure(code: Failure.invalid)
        }
    }

    private func descriptor(_ slot: Step.Slot) throws(Failure) -> Int32 {
        guard Int(slot) < descriptors.count else { throw Failure(code: Failure.invalid) }
        return descriptors[Int(slot)]
    }

    private func openTerminal(bindTo path: [UInt8], rows: UInt16, columns: UInt16) throws(Failure) {
        // Before `pivot` the guest's devpts is found beneath its root; a program sent into a running VPS is there already.
        let directory = root >= 0 ? root : try open(bytes("/"), flags: Int32(CK_O_PATH | CK_O_DIRECTORY))
        let controller = try openBeneath(directory, bytes("dev/pts/ptmx"), flags: UInt64(CK_O_RDWR | CK_O_NOCTTY))
        try checked(ck_terminal_unlock(controller))
        try checked(ck_terminal_resize(controller, rows, columns))
        let terminal = try checked(ck_terminal_peer(controller))
        if !path.isEmpty {
            let tree = try checked(unsafe withCString([]) { unsafe ck_open_tree(terminal, $0, true, false) })
            try attach(tree, at: path)
        }
        try warden.send(ChildMessage.terminal.encoded, [controller])
        try checked(ck_set_session())
        try checked(ck_terminal_take(terminal))
        try useAsStandardStreams(terminal, terminal, terminal)
    }

    private func useAsStandardStreams(_ input: Int32, _ output: Int32, _ error: Int32) throws(Failure) {
        try checked(ck_move_descriptor(input, 0))
        try checked(ck_move_descriptor(output, 1))
        try checked(ck_move_descriptor(error, 2))
    }

    /// Bounding set first: afterwards CAP_SETPCAP may be gone.
    private func limitCapabilities(keep: UInt64, last: UInt8) throws(Failure) {
        for capability in 0...Int32(last) where keep & (1 << UInt64(capability)) == 0 { try checked(ck_drop_bounding(capability)) }
        try checked(ck_clear_ambient())
        try checked(ck_set_capabilities(keep, keep, 0))
    }

    private func execute(_ arguments: [[UInt8]], _ environment: [[UInt8]]) throws(Failure) {
        guard let file = arguments.first, !file.isEmpty else { throw Failure(code: Failure.invalid) }
        try checked(ck_reset_signals())
        _ = ck_set_umask(0o022)
        // Last before the program, so that nothing opened by a step above can be forgotten (CVE-2024-21626).
        try checked(ck_close_range(3, UInt32.max, true))
        var failure: Int32 = Failure.missing
        for candidate in candidates(file, environment) {
            let result = unsafe withCString(candidate) { path in
                unsafe withCStrings(arguments) { arguments in unsafe withCStrings(environment) { unsafe ck_execute(path, arguments, $0) } }
            }
            if -result != Failure.missing && -result != 20 { failure = -result }  // 20: ENOTDIR, a PATH entry that is none
        }
        throw Failure(code: failure)
    }

    private func candidates(_ file: [UInt8], _ environment: [[UInt8]]) -> [[UInt8]] {
        if file.contains(47) { return [file] }
        let prefix = bytes("PATH=")
        for variable in environment where variable.starts(with: prefix) {
            return variable.dropFirst(prefix.count).split(separator: 58).map { Array($0) + [47] + file }
        }
        return [bytes("/bin/") + file]
    }
}
