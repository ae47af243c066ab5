internal import Foundation
internal import Cgroups
internal import Kernel
internal import NodeModel
internal import WardenProtocol

/// One program in a running VPS, its streams joined to a connection.
struct ExecSession {
    let host: Host
    let id: VPSID
    let nesting: Bool
    let request: ExecRequest

    /// Runs to the program's end. `connection` has answered `.streaming` when it runs.
    func run(_ connection: Connection) throws {
        guard let link = try WardenLink.connect(to: host.layout.socket(id)) else { throw NodeProblem(.notRunning, "VPS \(id) is not running") }
        guard !request.command.isEmpty else { throw NodeProblem(.invalid, "no command") }
        try request.terminal == nil ? runWithPipes(connection, link) : runWithTerminal(connection, link)
    }

    private func start(_ link: borrowing WardenLink, input: Int32, output: Int32, error: Int32) throws -> WardenProcess {
        let files = try host.openCgroupFiles(id, .exec)
        let plan = host.execPlan(request, nesting: nesting, cgroupFiles: files.count)
        let leaf = link.initProcess.number  // slot 1 is kept free: the helper joins by writing, not by birth
        return try WardenProcess.start(host.wardenProgram, plan, descriptors: [link.initProcess.number, leaf, input, output, error] + files.map { $0.descriptor.number })
    }

    private func runWithPipes(_ connection: Connection, _ link: borrowing WardenLink) throws {
        let input = try Kernel.Pipe()
        let output = try Kernel.Pipe()
        let error = try Kernel.Pipe()
        let warden = try start(link, input: input.reading.number, output: output.writing.number, error: error.writing.number)
        // Held by whoever receives only, so that the end of input closes it.
        let toProgram = input.keepWriting().release()
        let fromProgram = SharedDescriptor(output.keepReading())
        let errors = SharedDescriptor(error.keepReading())
        guard case .running = try warden.report().report else { throw NodeProblem(.failed, "the warden spoke out of turn") }
        try connection.reply(.streaming)
        let copying = [Errand { try connection.copy(from: fromProgram, as: .output) }, Errand { try connection.copy(from: errors, as: .errorOutput) }]
        connection.receiveInput(into: SharedDescriptor(Descriptor(owning: toProgram)), resize: { _ in })
        finish(connection, warden, copying)
    }

    private func runWithTerminal(_ connection: Connection, _ link: borrowing WardenLink) throws {
        let null = try Descriptor.open("/dev/null", .readWrite)
        let warden = try start(link, input: null.number, output: null.number, error: null.number)
        guard let received = try warden.report().keepDescriptor(), received.isTerminalController else { throw NodeProblem(.failed, "the guest gave no terminal") }
        let terminal = SharedDescriptor(received)
        try connection.reply(.streaming)
        let copying = [Errand { try connection.copy(from: terminal, as: .output) }]
        connection.receiveInput(into: terminal) { try? terminal.descriptor.resizeTerminal(rows: $0.rows, columns: $0.columns) }  // a closed terminal has no size
        finish(connection, warden, copying)
    }

    /// The outputs to their ends first, so that nothing said is lost, then the status. A program may leave others behind
    /// that keep an output open: they are waited for a moment only.
    private func finish(_ connection: Connection, _ warden: borrowing WardenProcess, _ copying: [Errand<Void>]) {
        var status: Int32 = 255
        if case .ended(let code, let number)? = try? warden.report().report { status = code == 1 ? number : 128 + number }  // no report: the helper was killed, 255
        warden.handle.wait()
        for errand in copying { _ = errand.wait(atMost: 0.5) }
        connection.sendExit(status)
    }
}
