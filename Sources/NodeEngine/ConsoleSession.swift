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
        try socket.descriptor.send([GuardMessage.attach.rawValue])
        try connection.reply(.streaming)
        let listening = Errand { try Self.passOn(socket, connection) }
        Self.type(connection, socket)
        // The user left: the socket's end tells the warden, and the listening thread.
        socket.descriptor.shutDown()
        try? listening.wait()  // a closed connection is how it ends
        connection.sendExit(0)
    }

    private static func passOn(_ socket: SharedDescriptor, _ connection: Connection) throws {
        while true {
            let packet = try socket.descriptor.receive(atMost: GuardMessage.longest)
            if packet.bytes.isEmpty {
                connection.sendExit(0)  // the guest ended
                connection.finish()
                return
            }
            if packet.bytes[0] == GuardMessage.data.rawValue { try connection.send(.output, Array(packet.bytes.dropFirst())) }
        }
    }

    private static func type(_ connection: Connection, _ socket: SharedDescriptor) {
        while let frame = try? connection.receive() {  // the connection's end ends the session
            switch frame.kind {
            case .input:
                for start in stride(from: 0, to: frame.payload.count, by: GuardMessage.longest - 1) {
                    let part = frame.payload[start..<min(start + GuardMessage.longest - 1, frame.payload.count)]
                    try? socket.descriptor.send([GuardMessage.data.rawValue] + part)  // ended: the other thread says so
                }
            case .resize:
                if let size = TerminalSize(payload: frame.payload) {
                    try? socket.descriptor.send([GuardMessage.resize.rawValue, UInt8(size.rows & 255), UInt8(size.rows >> 8), UInt8(size.columns & 255), UInt8(size.columns >> 8)])  // likewise
                }
            case .endOfInput: return
            default: break
            }
        }
    }
}
