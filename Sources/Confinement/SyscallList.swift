internal import CKernel
internal import CSeccomp
internal import Kernel

/// The second part of a filter, by libseccomp: system calls by number, for each ABI, as a binary tree.
enum SyscallList {
    /// Nil where this ABI has no such call.
    static func number(_ name: String, _ abi: ABI) throws(ConfinementError) -> UInt32? {
        let number = unsafe seccomp_syscall_resolve_name_arch(abi.rawValue, name)
        guard number != __NR_SCMP_ERROR else { throw .unknownSystemCall(name) }
        // i386's socket calls have a negative number of their own beside the one that came with Linux 4.3.
        if number < 0, abi == .i386, let direct = directSocketCalls[name] { return direct }
        return UInt32(exactly: number)
    }

    private static let directSocketCalls: [String: UInt32] = ["socket": 359, "socketpair": 360, "setsockopt": 366]

    static func compile(allowed: [SystemCalls.Group], refused: [SystemCalls.Group]) throws(ConfinementError) -> [UInt8] {
        guard let context = unsafe seccomp_init(cseccomp_errno(Errno.noSystemCall)) else { throw .library(function: "seccomp_init", subject: "", code: -12) }
        defer { unsafe seccomp_release(context) }
        func check(_ code: Int32, _ function: String, _ subject: String) throws(ConfinementError) {
            if code < 0 { throw .library(function: function, subject: subject, code: code) }
        }
        // Every other ABI, x32 among them.
        try check(unsafe seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, cseccomp_errno(Errno.noSystemCall)), "seccomp_attr_set", "SCMP_FLTATR_ACT_BADARCH")
        try check(unsafe seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2), "seccomp_attr_set", "SCMP_FLTATR_CTL_OPTIMIZE")
        for abi in ABI.allCases where abi.rawValue != seccomp_arch_native() {
            try check(unsafe seccomp_arch_add(context, abi.rawValue), "seccomp_arch_add", "\(abi)")
        }
        for (groups, action) in [(allowed, Action.allow), (refused, Action.errno(Errno.notPermitted))] {
            for name in groups.flatMap(\.names) {
                let number = unsafe seccomp_syscall_resolve_name(name)
                guard number != __NR_SCMP_ERROR else { throw .unknownSystemCall(name) }
                try check(unsafe seccomp_rule_add_array(context, action, number, 0, nil), "seccomp_rule_add_array", name)
            }
        }
        return try export { unsafe seccomp_export_bpf(context, $0) }
    }

    private static func export(_ body: (Int32) -> Int32) throws(ConfinementError) -> [UInt8] {
        do {
            let file = Descriptor(owning: try unsafe checked(ck_memfd("filter"), "make", "file in memory"))
            let code = body(file.number)
            if code < 0 { throw ConfinementError.library(function: "seccomp_export_bpf", subject: "", code: code) }
            return try Descriptor.open("/proc/self/fd/\(file.number)", .read).readToEnd()
        } catch let error as KernelError {
            throw .kernel(error)
        } catch let error as ConfinementError {
            throw error
        } catch {
            throw .library(function: "seccomp_export_bpf", subject: "\(error)", code: -5)
        }
    }
}
