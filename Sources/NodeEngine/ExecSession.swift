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
        guard !request.command.isEmpty else { throw NodeProblem(.invalid, "no command") }
        guard let link = try WardenLink.connect(to: host.layout.socket(id)) else { throw NodeProblem(.notRunning, "VPS \(id) is not running") }
        let initProcess = link.keepProcess()  // the connection to its warden is not held for as long as a program runs
        try request.terminal == nil ? runWithPipes(connection, initProcess) : runWithTerminal(connection, initProcess)
    }

    private func start(_ initProcess: borrowing Descriptor, input: Int32, output: Int32, error: Int32) throws -> WardenProcess {
        let files = try host.openCgroupFiles(id)
        let plan = host.execPlan(request, nesting: nesting, cgroupFiles: files.count)
        // Their numbers are all that is passed on: the files must not be closed as no longer used meanwhile.
        return try withExtendedLifetime(files) {
            try WardenProcess.start(host.wardenProgram, plan, in: host.cgroups.open(.exec, of: id), descriptors: [initProcess.number, input, output, error] + files.map { $0.descriptor.number })
        }
    }

    private func runWithPipes(_ connection: Connection, _ initProcess: borrowing Descriptor) throws {
        let input = try Kernel.Pipe()
        let output = try Kernel.Pipe()
        let error = try Kernel.Pipe()
        let warden = try start(initProcess, input: input.reading.number, output: output.writing.number, error: error.writing.number)
        do {
            guard case .running = try warden.report().report else { throw NodeProblem(.failed, "the warden spoke out of turn") }
            try connection.reply(.streaming)
        } catch {
            warden.handle.kill()
            throw error
        }
        let sink = Sink(input.keepWriting())
        let sources = [(SharedDescriptor(output.keepReading()), FrameKind.output), (SharedDescriptor(error.keepReading()), .errorOutput)]
        relay(connection, warden, into: sink, from: sources, resize: { _ in })
    }

    private func runWithTerminal(_ connection: Connection, _ initProcess: borrowing Descriptor) throws {
        let null = try Descriptor.open("/dev/null", .readWrite)
        let warden = try start(initProcess, input: null.number, output: null.number, error: null.number)
        let terminal: SharedDescriptor
        do {
            guard let received = try warden.report().keepDescriptor(), received.isTerminalController else { throw NodeProblem(.failed, "the guest gave no terminal") }
            terminal = SharedDescriptor(received)
            try connection.reply(.streaming)
        } catch {
            warden.handle.kill()
            throw error
        }
        relay(connection, warden, into: Sink(try terminal.descriptor.duplicate()), from: [(terminal, .output)]) { try? terminal.descriptor.resizeTerminal(rows: $0.rows, columns: $0.columns) }  // a closed terminal has no size
    }

    /// Until the program ends. A user who hangs up ends it: its helper is killed, and it dies with that.
    private func relay(
        _ connection: Connection, _ warden: borrowing WardenProcess, into sink: Sink, from sources: [(SharedDescriptor, FrameKind)],
        resize: @escaping @Sendable (TerminalSize) -> Void
    ) {
        let over = Flag()
        let copying = sources.map { source, kind in Errand { try connection.copy(from: source, as: kind, until: over) } }
        let helper = try? warden.sharedProcess()  // no descriptor left: then a lost user is noticed by the program's own writes
        connection.receiveInput(into: sink, resize: resize) { if !over.isSet { _ = try? helper?.descriptor.signalProcess(9) } }  // ended already is what we want
        var status: Int32 = 255
        if case .ended(let code, let number)? = try? warden.report(patience: nil).report { status = code == 1 ? number : 128 + number }  // no report: the helper was killed, 255
        over.set()
        warden.handle.wait()
        // The outputs to their ends first, so that nothing said is lost, then the status.
        for errand in copying { try? errand.wait() }  // a connection that is gone is how it may end
        connection.sendExit(status)
        connection.finish()
    }
}
