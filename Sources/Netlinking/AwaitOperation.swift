internal import Glibc

extension NetlinkSocket {
    /// The end of a pair that went up first drops what it sends until a worker of the kernel has noticed that the other is
    /// up (net/core/link_watch.c). From Linux 6.8 on, asking is what makes it notice; before, it takes about a millisecond.
    /// After a fifth of a second it is left to itself: nothing is wrong, only early.
    package func awaitOperation(index: UInt32) throws(NetlinkError) {
        for _ in 0..<200 {
            guard let link = try link(index: index), !link.isOperational else { return }
            usleep(1000)
        }
    }
}
