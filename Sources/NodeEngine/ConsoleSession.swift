internal import Kernel
internal import NodeModel
internal import WardenProtocol

/// A connection on a guest's console: what it said so far, then both ways until either side ends.
struct ConsoleSession {
    let host: Host
    let id: VPSID

    func run(_ connection: Connection) throws {
        guard let link = try WardenLink.connect(to: host.layout.socket(id)) else { throw NodeProblem(.notRunning, "VPS \(id) is not running") }
        let socket = SharedDescriptor(link.keepSocket())
        let said = try attach(socket.descriptor)
        try connection.reply(.streaming)
        let listening = Errand {
            if !said.isEmpty { try connection.send(.output, said) }
            try Self.passOn(socket, connection)
        }
        Self.type(connection, socket)
        // The user left: the socket's end tells the warden, and the listening thread.
        socket.descriptor.shutDown()
        try? listening.wait()  // a closed connection is how it ends
        connection.sendExit(0)
    }

    /// What the console said, where a warden of before `.attached` begins with that. One that has nothing to say is silent.
    private func attach(_ socket: borrowing Descriptor) throws -> [UInt8] {
        try socket.send(GuardRequest.attach.encoded)
        guard try socket.waitUntilReadable(milliseconds: 1000) else { return [] }
        switch try? GuardAnswer(decoding: try socket.receive(atMost: GuardLimits.longest).bytes) {
        case .full?: throw NodeProblem(.busy, "the console of VPS \(id) has its \(GuardLimits.mostListeners) listeners already: one must leave first")
        case .said(let bytes)?: return bytes
        case .attached?, .status?, nil: return []  // nothing: it ended, as the next look says
        }
    }

    private static func passOn(_ socket: SharedDescriptor, _ connection: Connection) throws {
        while true {
            let packet = try socket.descriptor.receive(atMost: GuardLimits.longest)
            if packet.bytes.isEmpty {
                connection.sendExit(0)  // the guest ended
                connection.finish()
                return
            }
            if case .said(let bytes)? = try? GuardAnswer(decoding: packet.bytes) { try connection.send(.output, bytes) }  // of a newer warden: not for us
        }
    }

    private static func type(_ connection: Connection, _ socket: SharedDescriptor) {
        while let frame = try? connection.receive() {  // the connection's end ends the session
            switch frame.kind {
            case .input:
                for start in stride(from: 0, to: frame.payload.count, by: GuardLimits.longestContent) {
                    let part = frame.payload[start..<min(start + GuardLimits.longestContent, frame.payload.count)]
                    try? socket.descriptor.send(GuardRequest.type(Array(part)).encoded)  // ended: the other thread says so
                }
            case .resize:
                if let size = TerminalSize(payload: frame.payload) {
                    try? socket.descriptor.send(GuardRequest.resize(rows: size.rows, columns: size.columns).encoded)  // likewise
                }
            case .endOfInput: return
            default: break
            }
        }
    }
}
