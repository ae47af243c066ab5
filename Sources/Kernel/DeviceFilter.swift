internal import CKernel

/// A loaded program that decides which devices the processes of a cgroup v2 may open (bpf(2), BPF_PROG_TYPE_CGROUP_DEVICE).
package struct DeviceFilter: ~Copyable, Sendable {
    private let program: Descriptor

    /// `instructions`: an array of struct bpf_insn. Needs CAP_SYS_ADMIN (or CAP_BPF and CAP_NET_ADMIN), and a kernel with CONFIG_CGROUP_BPF.
    package init(_ instructions: [UInt8]) throws(KernelError) {
        program = Descriptor(owning: try checked(unsafe ck_bpf_load_device_program(instructions, instructions.count), "load", "device filter"))
    }

    /// In place of the one that the cgroup has; nobody below it may attach another. Lives as long as the cgroup.
    package func attach(to cgroup: borrowing Directory) throws(KernelError) {
        try checked(ck_bpf_attach_device_program(cgroup.descriptor.number, program.number), "attach", "device filter")
    }
}
