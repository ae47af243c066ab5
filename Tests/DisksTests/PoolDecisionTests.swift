@testable import Disks
import Testing

struct PoolDecisionTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let seen: PoolObservation
        let decision: PoolDecision
    }
    static let tmpfs = PoolObservation.Mount.other(type: "tmpfs", source: "x")
    static func row(_ name: String, _ mount: PoolObservation.Mount, _ file: PoolObservation.File, reflinks: Bool, empty: Bool, _ decision: PoolDecision) -> Row {
        Row(testDescription: name, seen: PoolObservation(mount: mount, file: file, directoryReflinks: reflinks, directoryIsEmpty: empty), decision: decision)
    }
    static let rows = [
        row("first start on ext4", .none, .absent, reflinks: false, empty: true, .makeFile),
        row("first start on XFS", .none, .absent, reflinks: true, empty: true, .useDirectory),
        row("later start on XFS", .none, .absent, reflinks: true, empty: false, .useDirectory),
        row("after a reboot", .none, .xfs, reflinks: false, empty: true, .mountFile),
        row("after a restart of the node", .ours, .xfs, reflinks: false, empty: false, .useMountedFile),
        row("files where the pool would be mounted", .none, .xfs, reflinks: false, empty: false, .refuseFullDirectory),
        row("files where a new pool would be mounted", .none, .absent, reflinks: false, empty: false, .refuseFullDirectory),
        row("a file that is no pool", .none, .other, reflinks: false, empty: true, .refuseFile),
        row("an administrator's own XFS mounted there", .other(type: "xfs", source: "/dev/sdb"), .absent, reflinks: true, empty: false, .useDirectory),
        row("the same, and a pool file with disks in it", .other(type: "xfs", source: "/dev/sdb"), .xfs, reflinks: true, empty: false, .refuseMount(type: "xfs", source: "/dev/sdb")),
        row("a tmpfs mounted there", tmpfs, .absent, reflinks: false, empty: true, .refuseMount(type: "tmpfs", source: "x")),
    ]

    @Test(arguments: rows) func aPoolComesFromWhatIsThere(_ row: Row) { #expect(PoolDecision.decide(row.seen) == row.decision) }

    @Test func theMountThatIsSeenIsTheLastOneAtAPlace() {
        let table = """
            22 1 254:0 / / rw - ext4 /dev/vda rw
            30 22 7:0 / /var/my\\040pool rw,nosuid shared:1 - xfs /dev/loop0 rw
            31 30 0:5 / /var/my\\040pool rw - tmpfs none rw
            32 22 0:6 / /var/my\\040pool/inner rw - tmpfs other rw
            a line of nonsense
            """
        #expect(MountEntry.top(at: "/var/my pool", in: table) == MountEntry("31 30 0:5 / /var/my\\040pool rw - tmpfs none rw"))
        #expect(MountEntry.top(at: "/var", in: table) == nil)
        #expect(MountEntry.top(at: "/", in: table)?.source == "/dev/vda")
    }
}
