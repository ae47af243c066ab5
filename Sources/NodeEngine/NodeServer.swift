internal import Foundation
package import Kernel
internal import Logging
internal import NodeModel

/// Answers the control plane: a thread for each connection, since the kernel's calls block.
package final class NodeServer: Sendable {
    private let engine: Engine
    private let listener: Descriptor
    /// The user that may connect, besides root.
    private let owner: UInt32

    package init(_ engine: Engine, listener: consuming Descriptor, owner: UInt32) {
        self.engine = engine
        self.listener = listener
        self.owner = owner
    }

    /// Never returns.
    package func serve() throws -> Never {
        while true {
            let socket: Descriptor
            do { socket = try listener.accept() } catch {  // no descriptors left, say: it passes
                engine.log.error("\(error)")
                Pause.milliseconds(100)
                continue
            }
            guard let peer = try? socket.peer(), peer.uid == 0 || peer.uid == owner else { continue }  // gone, or a stranger: closed
            let number = socket.release()
            Thread.detachNewThread { self.serve(Connection(Descriptor(owning: number))) }
        }
    }

    private func serve(_ connection: Connection) {
        do {
            while let frame = try connection.receive() {
                guard frame.kind == .message else { continue }  // the rest of a stream that is over
                let request: NodeRequest
                do { request = try JSONDecoder().decode(NodeRequest.self, from: Data(frame.payload)) } catch {
                    throw NodeProblem(.invalid, "not a request: \(error)")
                }
                do { if try !answer(request, connection) { return } } catch let problem as NodeProblem {
                    try connection.reply(.problem(problem))
                } catch {
                    engine.log.error("\(error)")
                    try connection.reply(.problem(NodeProblem(.failed, "\(error)")))
                }
            }
        } catch {
            engine.log.debug("connection: \(error)")
        }
    }

    /// False: the connection was used up by a stream.
    private func answer(_ request: NodeRequest, _ connection: Connection) throws -> Bool {
        switch request {
        case .capacity: try connection.reply(.capacity(try engine.capacity()))
        case .doctor: try connection.reply(.checks(engine.doctor()))
        case .put(let specification, let grace): try connection.reply(.observation(try engine.put(specification, graceSeconds: grace)))
        case .restart(let id, let operation, let grace): try connection.reply(.observation(try engine.restart(id, operation: operation, graceSeconds: grace)))
        case .remove(let id):
            try engine.remove(id)
            try connection.reply(.done)
        case .observe(let id): try connection.reply(.observation(try engine.observe(id)))
        case .observeAll: try connection.reply(.observations(engine.observeAll()))
        case .templates: try connection.reply(.templates(try engine.templates()))
        case .buildTemplate(let name):
            let built = try engine.buildTemplate(name) { try? connection.reply(.progress(fraction: $0, message: $1)) }  // nobody listens: it is built all the same
            try connection.reply(.templates([built]))
        case .cancelTemplateBuild(let name):
            engine.cancelTemplateBuild(name)
            try connection.reply(.done)
        case .removeTemplate(let name):
            try engine.removeTemplate(name)
            try connection.reply(.done)
        case .watch:
            try watch(connection)
            return false
        case .exec(let id, let command):
            let record = try engine.existing(id)
            try ExecSession(host: engine.host, id: id, nesting: record.specification.nesting, request: command).run(connection)
            return false
        case .console(let id):
            _ = try engine.existing(id)
            try ConsoleSession(host: engine.host, id: id).run(connection)
            return false
        }
        return true
    }

    /// The changes are subscribed to before the present is told, and told after it: none is lost, none overtaken. A
    /// watcher that does not read holds up only itself.
    private func watch(_ connection: Connection) throws {
        let changes = Changes()
        let number = engine.watch { changes.add($0) }
        Thread.detachNewThread {
            do {
                for observation in self.engine.observeAll() { try connection.reply(.observation(observation)) }
                try connection.reply(.done)
                while let change = changes.next() { try connection.reply(.observation(change)) }
            } catch { connection.close() }
        }
        defer {
            engine.unwatch(number)
            changes.end()
        }
        while try connection.receive() != nil {}
    }
}
