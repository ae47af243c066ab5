internal import Kernel

/// A warden that is our child and not yet reaped: its pid cannot mean anything else.
struct WardenHandle: Sendable {
    let pid: Int32

    func kill() {
        if let process = try? Descriptor.process(pid) { _ = try? process.signalProcess(9) }  // ended already is what we want
        wait()
    }

    func wait() { _ = try? Child.wait(pid: pid) }  // ECHILD: reaped already
}
