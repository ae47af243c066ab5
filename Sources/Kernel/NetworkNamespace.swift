internal import CKernel

/// A network namespace held open (network_namespaces(7)): it lives at least as long as this value.
package struct NetworkNamespace: ~Copyable, Sendable {
    package let descriptor: Descriptor

    package init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// The calling thread's.
    package static func current() throws(KernelError) -> NetworkNamespace { NetworkNamespace(try .open("/proc/thread-self/ns/net", .read)) }

    package static func of(pid: Int32) throws(KernelError) -> NetworkNamespace { NetworkNamespace(try .open("/proc/\(pid)/ns/net", .read)) }

    /// A new one, empty but for `lo`. The calling thread does not enter it.
    package static func make() throws(KernelError) -> NetworkNamespace {
        let number = try onOwnThread {
            let result = ck_unshare(CK_CLONE_NEWNET)
            return result < 0 ? result : unsafe ck_openat(Int32(CK_AT_FDCWD), "/proc/thread-self/ns/net", Int32(CK_O_RDONLY), 0)
        }
        return NetworkNamespace(Descriptor(owning: try checked(number, "make", "network namespace")))
    }

    /// Runs `body` inside, on a thread that ends with it: no other thread's namespace changes, whatever fails.
    /// Sockets opened in `body` belong to this namespace for good; /proc/sys/net is this namespace's.
    /// `@Sendable`, so that the body does not take itself for the caller's actor, on whose thread it does not run.
    package func run<Value: Sendable>(_ body: @Sendable () -> Value) throws(KernelError) -> Value {
        let namespace = descriptor.number
        var value: Value?
        let entered = try Self.onOwnThread {
            let entered = ck_setns(namespace, CK_CLONE_NEWNET)
            if entered >= 0 { value = body() }
            return entered
        }
        try checked(entered, "enter", "network namespace")
        return value!  // set by every entered body
    }

    /// The caller waits, so the body may use what the caller owns.
    private static func onOwnThread(_ body: () -> Int32) throws(KernelError) -> Int32 {
        try withoutActuallyEscaping(body) { body throws(KernelError) in
            let call = ThreadCall(body)
            let started = unsafe ck_run_on_thread({ unsafe Unmanaged<ThreadCall>.fromOpaque($0!).takeUnretainedValue().perform() }, Unmanaged.passUnretained(call).toOpaque())  // the context is never NULL
            try checked(started, "start", "thread")
            return call.result
        }
    }
}

/// Carries a closure through C's `void *`.
private final class ThreadCall {
    private let body: () -> Int32
    private(set) var result: Int32 = 0
    init(_ body: @escaping () -> Int32) { self.body = body }
    func perform() { result = body() }
}
