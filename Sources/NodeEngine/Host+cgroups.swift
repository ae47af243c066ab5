internal import Kernel
internal import NodeModel

struct CgroupTree: Sendable {
    let base: String
    init(base: String) throws { self.base = base }
    func prepare() throws { try HostFile.makeDirectories("/sys/fs/cgroup/unified/\(base)") }
    func ids() -> [VPSID] { [] }
    let version = 1
    static func controllersOfHost() -> (version: Int, names: Set<String>) { (1, []) }
    func tearDown() { try? HostFile.remove("/sys/fs/cgroup/unified/\(base)", isDirectory: true) }
}

extension Host {
    func makeCgroups(_ s: VPSSpecification) throws { try HostFile.makeDirectories("/sys/fs/cgroup/unified/\(layout.cgroup)/\(s.id)/guest"); try HostFile.makeDirectories("/sys/fs/cgroup/unified/\(layout.cgroup)/\(s.id)/exec") }
    func removeCgroups(_ id: VPSID) { for x in ["/guest","/exec",""] { try? HostFile.remove("/sys/fs/cgroup/unified/\(layout.cgroup)/\(id)\(x)", isDirectory: true) } }
    func guestLeaf(_ id: VPSID) throws -> Descriptor { try Descriptor.open("/sys/fs/cgroup/unified/\(layout.cgroup)/\(id)/guest", .directory) }
    enum Leaf { case guest, exec }
    func openCgroupFiles(_ id: VPSID, _ leaf: Leaf) throws -> [Int32] { leaf == .guest ? [] : [try Descriptor.open("/sys/fs/cgroup/unified/\(layout.cgroup)/\(id)/exec/cgroup.procs", .write).release()] }
    func hasProcesses(_ id: VPSID) -> Bool { false }
}
