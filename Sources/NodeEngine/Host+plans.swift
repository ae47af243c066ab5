internal import Confinement
internal import Foundation
internal import Kernel
internal import NodeModel
internal import WardenProtocol

extension Host {
    func guestPlan(_ specification: VPSSpecification, _ guest: GuestTemplate, cgroupFiles: Int) throws -> Plan {
        let nesting = specification.nesting
        func relative(_ paths: [String]) -> [String] { paths.map { String($0.drop { $0 == "/" }) } }
        return GuestPlan.plan(specification, GuestPlan.Ingredients(
            initArguments: [guest.initPath], filter: confinement.filter(nesting: nesting), capabilities: confinement.capabilities(nesting: nesting),
            lastCapability: confinement.lastCapability, masked: relative(MaskedPaths.hidden(nesting: nesting)), readOnly: relative(MaskedPaths.readOnly(nesting: nesting)),
            partsOfSys: MaskedPaths.partsOfSys(nesting: nesting),
            wardenUser: layout.wardenUser(idBase: specification.idBase), cgroupFiles: cgroupFiles, memoryPressure: Self.memoryPressure(), hostUptime: try Self.uptime()))
    }

    func execPlan(_ request: ExecRequest, nesting: Bool, cgroupFiles: Int) -> Plan {
        ExecPlan.plan(request, memoryPressure: Self.memoryPressure(), filter: confinement.filter(nesting: nesting), capabilities: confinement.capabilities(nesting: nesting), lastCapability: confinement.lastCapability, cgroupFiles: cgroupFiles)
    }

    /// A node under systemd is spared by the kernel's memory killer (OOMScoreAdjust=); guests must not inherit that.
    private static func memoryPressure() -> [Step] {
        let own = (try? HostFile.readText("/proc/self/oom_score_adj")) ?? "0"  // always there
        return own.hasPrefix("-") ? [.writeFile(path: utf8("/proc/self/oom_score_adj"), content: utf8("0"))] : []
    }

    /// Whole seconds, rounded down, so that no clock of a guest begins before zero (clock_gettime(2), CLOCK_BOOTTIME).
    private static func uptime() throws -> Int64 {
        let text = try HostFile.readText("/proc/uptime")
        return Int64(text.prefix { $0.isNumber }) ?? 0  // always a number: proc_uptime(5)
    }
}
