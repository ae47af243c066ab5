internal import CKernel

/// Waits on many descriptors at once (epoll(7)). Each is added with a token, and reported once until it is added again.
package struct Readiness: ~Copyable, Sendable {
    private let descriptor: Descriptor

    package init() throws(KernelError) { descriptor = Descriptor(owning: try checked(ck_epoll(), "make", "epoll")) }

    package func add(_ watched: borrowing Descriptor, token: UInt64) throws(KernelError) {
        try checked(ck_epoll_add(descriptor.number, watched.number, token), "watch", "descriptor \(watched.number)")
    }

    /// Blocks until one is readable or ended.
    package func next() throws(KernelError) -> UInt64 {
        var token: UInt64 = 0
        try unsafe checked(ck_epoll_wait(descriptor.number, &token), "wait on", "epoll")
        return token
    }
}
