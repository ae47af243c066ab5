internal import NodeModel
internal import WardenProtocol

/// The warden's plan for one program sent into a running VPS.
enum ExecPlan {
    enum FirstSlots { static let initProcess: Step.Slot = 0, input: Step.Slot = 1, output: Step.Slot = 2, error: Step.Slot = 3, cgroupFiles: Step.Slot = 4 }

    /// The helper is born in the VPS's v2 leaf. The v1 cgroups first, then the namespaces all at once: what it does afterwards is
    /// the guest's cost and the guest's only. It gives up being seen (PR_SET_DUMPABLE) before any plan is read.
    static func plan(_ request: ExecRequest, memoryPressure: [Step], filter: [UInt8], capabilities: UInt64, lastCapability: UInt8, cgroupFiles: Int) -> Plan {
        let streams: [Step] = request.terminal.map { [.openTerminal(bindTo: [], rows: $0.rows, columns: $0.columns)] }
            ?? [.newSession, .standardStreams(FirstSlots.input, FirstSlots.output, FirstSlots.error)]
        return Plan(
            before: memoryPressure + (0..<cgroupFiles).map { .placeSelf(FirstSlots.cgroupFiles + Step.Slot($0)) } + [.enter(FirstSlots.initProcess, flags: Namespaces.all)],
            cloneFlags: 0,
            bornIn: nil,
            onChild: [],
            child: [.becomeRoot] + streams + [.newKeyring, .loadFilter(filter), .limitCapabilities(keep: capabilities, last: lastCapability), .changeDirectory(utf8("/")), .tryDirectory(utf8("/root")),
                    .execute(arguments: request.command.map(utf8), environment: environment(request))],
            afterwards: .wait)
    }

    private static func environment(_ request: ExecRequest) -> [[UInt8]] {
        var variables = ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "USER": "root", "LOGNAME": "root", "container": "roost"]
        if request.terminal != nil { variables["TERM"] = "xterm-256color" }
        variables.merge(request.environment) { $1 }
        return variables.sorted { $0.key < $1.key }.map { utf8("\($0.key)=\($0.value)") }
    }
}
