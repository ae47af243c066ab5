import NodeModel
import Testing

@testable import NodeEngine

struct AcceptanceTests {
    let guest = GuestTemplate(initPath: "/sbin/init", shutdownSignal: 38, firstBoot: [])

    static func specification(generation: Int64 = 1, power: VPSSpecification.Power = .running, disk: Int64 = 1 << 30, idBase: UInt32 = 1_879_113_728, address: String = "10.66.0.2") -> VPSSpecification {
        VPSSpecification(
            id: VPSID("abcdefghjk")!,  // ten characters of the alphabet
            generation: generation, power: power, hostname: "web1", template: "busybox", templateDigest: "00",
            limits: .init(cpuMillicores: 500, cpuWeight: 100, memoryBytes: 256 << 20, swapBytes: 0, processes: 512), diskBytes: disk, idBase: idBase,
            addresses: [.init(family: .ipv4, address: address, prefixLength: 32)], nameServers: [], sshKeys: [], nesting: false)
    }

    func decide(_ known: Record?, _ offered: VPSSpecification) throws -> Acceptance { try Acceptance.decide(known, offered) { guest } }

    @Test func aFirstSpecificationIsNews() throws {
        let acceptance = try decide(nil, Self.specification())
        #expect(acceptance.isNews)
        #expect(acceptance.record.guest == guest)
    }

    @Test func theSameAgainChangesNothing() throws {
        var known = Record(Self.specification(), guest: guest)
        known.haltedByGuest = true
        let acceptance = try decide(known, Self.specification())
        #expect(!acceptance.isNews)
        #expect(acceptance.record == known)
    }

    @Test func aNewerGenerationForgetsThatTheGuestPoweredItselfOff() throws {
        var known = Record(Self.specification(), guest: guest)
        known.haltedByGuest = true
        #expect(try !decide(known, Self.specification(generation: 2)).record.haltedByGuest)
    }

    @Test(arguments: [
        ("older", specification(generation: 0), NodeProblem.Code.stale),
        ("same generation, other content", specification(power: .stopped), .invalid),
        ("another disk size", specification(generation: 2, disk: 2 << 30), .unsupported),
        ("another address", specification(generation: 2, address: "10.66.0.3"), .unsupported),
        ("another id range", specification(generation: 2, idBase: 1_879_179_264), .unsupported),
    ])
    func whatCannotBeIsRefused(_ label: String, _ offered: VPSSpecification, _ code: NodeProblem.Code) throws {
        let known = Record(Self.specification(), guest: guest)
        #expect("\(label)") { try decide(known, offered) } throws: { ($0 as? NodeProblem)?.code == code }
    }

    @Test func nothingIsTakenForAVPSThatIsBeingRemoved() throws {
        var known = Record(Self.specification(), guest: guest)
        known.removing = true
        #expect { try decide(known, Self.specification(generation: 2)) } throws: { ($0 as? NodeProblem)?.code == .busy }
    }
}
