import Testing
@testable import Cgroups

private struct Host: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var mounts: String
    var controllers: String
    var expected: CgroupHierarchy?
    var error: CgroupError?
    var missing: [Controller] = []
}

private let hybrid = """
    23 1 8:1 / / rw - ext4 /dev/sda rw
    31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
    32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
    35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:10 master:2 - cgroup cgroup rw,memory
    39 31 0:36 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
    40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd
    43 31 0:40 / /sys/fs/cgroup/net_cls rw,relatime - cgroup cgroup rw,net_cls
    38 31 0:35 / /sys/fs/cgroup/blkio rw,relatime - cgroup cgroup rw,blkio
    41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
    90 23 0:29 / /elsewhere/memory rw - cgroup cgroup rw,memory
    """

private let hosts = [
    Host(
        testDescription: "unified", mounts: "25 1 0:22 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate", controllers: "cpuset cpu io memory hugetlb pids\n",
        expected: CgroupHierarchy(unified: "/sys/fs/cgroup", unifiedControllers: [.cpu, .memory, .pids, .io], legacy: [])),
    Host(
        testDescription: "hybrid", mounts: hybrid, controllers: "hugetlb\n",
        expected: CgroupHierarchy(unified: "/sys/fs/cgroup/unified", unifiedControllers: [], legacy: [
            .init(path: "/sys/fs/cgroup/cpu,cpuacct", controllers: [.cpu, .cpuacct]), .init(path: "/sys/fs/cgroup/memory", controllers: [.memory]),
            .init(path: "/sys/fs/cgroup/pids", controllers: [.pids]), .init(path: "/sys/fs/cgroup/blkio", controllers: [.io]),
        ])),
    Host(
        testDescription: "unified without memory", mounts: "25 1 0:22 / /sys/fs/cgroup rw - cgroup2 cgroup rw", controllers: "cpu pids",
        expected: CgroupHierarchy(unified: "/sys/fs/cgroup", unifiedControllers: [.cpu, .pids], legacy: []), missing: [.memory]),
    Host(
        testDescription: "v1 only", mounts: "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory", controllers: "",
        error: .noUnifiedMount(under: "/sys/fs/cgroup")),
    Host(testDescription: "nothing, and lines that are none", mounts: "a b\n\n1 2 3 4 5 6 7", controllers: "", error: .noUnifiedMount(under: "/sys/fs/cgroup")),
]

@Suite struct TheHierarchy {
    @Test(arguments: hosts) fileprivate func isReadFromTheMounts(host: Host) throws {
        if let error = host.error {
            #expect(throws: error) { try CgroupHierarchy.detect(mountinfo: host.mounts, root: "/sys/fs/cgroup") { _ in host.controllers } }
            return
        }
        let found = try CgroupHierarchy.detect(mountinfo: host.mounts, root: "/sys/fs/cgroup") { _ in host.controllers }
        #expect(found == host.expected)
        #expect(found.missing == host.missing)
    }

    @Test(arguments: ["", "/roost", "roost/", "a//b", "..", "a/../b", ".hidden", "a b", "cpu.max", "cgroup.procs", "röost"]) func hasNoSuchBase(base: String) throws {
        let anywhere = CgroupHierarchy(unified: "/nowhere", unifiedControllers: [.cpu, .memory, .pids], legacy: [])
        #expect(throws: CgroupError.invalidBase(base)) { try CgroupTree(preparing: base, in: anywhere) }
    }
}
