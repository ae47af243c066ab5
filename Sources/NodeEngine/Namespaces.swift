/// namespaces(7), as clone3(2) numbers them.
enum Namespaces {
    static let time: UInt64 = 0x80
    static let mount: UInt64 = 0x20000
    static let cgroup: UInt64 = 0x0200_0000
    static let uts: UInt64 = 0x0400_0000
    static let ipc: UInt64 = 0x0800_0000
    static let user: UInt64 = 0x1000_0000
    static let pid: UInt64 = 0x2000_0000
    static let net: UInt64 = 0x4000_0000

    /// The cgroup namespace comes later, when the child is in its place; the time namespace before, with its offsets.
    static let ofABirth = mount | uts | ipc | user | pid | net
    static let all = ofABirth | cgroup | time
}
