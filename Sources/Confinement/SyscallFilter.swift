/// What a guest may ask the kernel, compiled for seccomp(2): an array of struct sock_filter, ready to load.
///
/// An allow-list for x86-64 and i386. Unknown is ENOSYS, refused is EPERM (or the errno of a kernel built without the
/// thing), x32 and every other ABI ENOSYS. It binds the guest's root too: what follows from it for guests is in `SystemCalls`
/// and `ArgumentRules`.
package enum SyscallFilter {
    /// `nesting`: containers inside the VPS. The only difference: new user namespaces may be made.
    package static func standard(nesting: Bool) throws(ConfinementError) -> [UInt8] {
        try (nesting ? nested : plain).get()
    }

    private static let plain = compiled(nesting: false)
    private static let nested = compiled(nesting: true)

    private static func compiled(nesting: Bool) -> Result<[UInt8], ConfinementError> {
        do throws(ConfinementError) { return .success(try compile(nesting: nesting)) } catch { return .failure(error) }
    }

    /// Without the cache: the same bytes each time.
    static func compile(nesting: Bool) throws(ConfinementError) -> [UInt8] {
        let arguments = try ArgumentFilter.compile(ArgumentRules.guest(nesting: nesting), allowing: SystemCalls.allowedByNumber.map(\.number), number: SyscallList.number)
        let filter = arguments + (try SyscallList.compile(allowed: SystemCalls.allowed, refused: SystemCalls.refused))
        guard filter.count <= mostInstructions * 8 else { throw .tooLong(filter.count) }
        return filter
    }

    /// BPF_MAXINSNS.
    static let mostInstructions = 4096
}
