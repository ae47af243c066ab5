internal import CKernel

/// A file descriptor that this value owns: closed once, when the value ends. Always close-on-exec.
package struct Descriptor: ~Copyable, Sendable {
    package let number: Int32

    /// Takes over `number`, which must be open and owned by nobody else.
    package init(owning number: Int32) { self.number = number }

    deinit { _ = ck_close(number) }

    /// Gives the number away: the caller now has to close it.
    package consuming func release() -> Int32 {
        let released = number
        discard self
        return released
    }

    package borrowing func duplicate() throws(KernelError) -> Descriptor {
        Descriptor(owning: try checked(ck_duplicate(number), "duplicate", "descriptor \(number)"))
    }
}

/// A descriptor that several threads use: closed when the last of them lets go.
package final class SharedDescriptor: Sendable {
    package let descriptor: Descriptor

    package init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
}
