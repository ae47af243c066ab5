internal import Foundation
package import Kernel
package import NodeModel
internal import Synchronization

/// Frames on a stream socket, as NodeProtocol says. Any thread may send; one receives.
package final class Connection: Sendable {
    package struct Frame: Sendable, Equatable {
        package var kind: FrameKind
        package var payload: [UInt8]
    }

    private let socket: Descriptor
    private let sending = Mutex(())

    package init(_ socket: consuming Descriptor) { self.socket = socket }

    /// Nil: the other side ended.
    package func receive() throws -> Frame? {
        guard let head = try exactly(4) else { return nil }
        let length = head.reduce(0) { $0 << 8 | Int($1) }
        guard length >= 1, length <= FrameLimits.longest else { throw NodeProblem(.invalid, "a frame of \(length) bytes") }
        guard let body = try exactly(length), let kind = FrameKind(rawValue: body[0]) else { throw NodeProblem(.invalid, "a frame that ends early, or of an unknown kind") }
        return Frame(kind: kind, payload: Array(body.dropFirst()))
    }

    private func exactly(_ count: Int) throws -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let part = try socket.read(atMost: count - bytes.count)
            if part.isEmpty { return nil }
            bytes += part
        }
        return bytes
    }

    package func send(_ kind: FrameKind, _ payload: [UInt8]) throws {
        let length = UInt32(payload.count + 1)
        let head = [UInt8(length >> 24), UInt8(length >> 16 & 255), UInt8(length >> 8 & 255), UInt8(length & 255), kind.rawValue]
        try sending.withLock { _ in try socket.write(head + payload) }
    }

    package func reply(_ reply: NodeReply) throws { try send(.message, Array(try JSONEncoder().encode(reply))) }

    func sendExit(_ status: Int32) {
        let bits = UInt32(bitPattern: status)
        try? send(.exit, [UInt8(bits >> 24), UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255)])  // nobody listens any more
    }

    /// After the last frame. The other side then closes the connection, which ends whoever receives here.
    func finish() { socket.finishSending() }

    /// At once; wakes whoever is receiving.
    func close() { socket.shutDown() }

    /// Passes on what `source` says until its end (EIO of a terminal counts as one), or, once the program is over, until
    /// it has been silent for half a second: what a program leaves behind may hold its output open for ever.
    func copy(from source: SharedDescriptor, as kind: FrameKind, until over: Flag) throws {
        while true {
            guard try source.descriptor.waitUntilReadable(milliseconds: 500) else {
                if over.isSet { return }
                continue
            }
            guard let part = try? source.descriptor.read(atMost: FrameLimits.streamChunk), !part.isEmpty else { return }  // an error is the end
            try send(kind, part)
        }
    }

    /// Passes input frames on, on a thread of its own, to the connection's end; then `gone` is called. The sink closes
    /// earlier, with the end of the input, or when the program reads no more.
    func receiveInput(into sink: Sink, resize: @escaping @Sendable (TerminalSize) -> Void, gone: @escaping @Sendable () -> Void) {
        Thread.detachNewThread { [self] in
            while let frame = try? receive() {  // ended
                switch frame.kind {
                case .input: sink.write(frame.payload)
                case .resize: if let size = TerminalSize(payload: frame.payload) { resize(size) }
                case .endOfInput: sink.close()
                default: break
                }
            }
            sink.close()
            gone()
        }
    }
}

/// A program's input: open until it is closed, whoever still knows of it.
final class Sink: Sendable {
    private let descriptor: Mutex<Descriptor?>

    init(_ descriptor: consuming Descriptor) { self.descriptor = Mutex(descriptor) }

    /// What the program does not read any more is dropped.
    func write(_ bytes: [UInt8]) {
        descriptor.withLock { if (try? $0?.write(bytes)) == nil { $0 = nil } }  // it closed its input
    }

    func close() { descriptor.withLock { $0 = nil } }
}

/// Set once, by one thread, for others to see.
final class Flag: Sendable {
    private let state = Mutex(false)
    var isSet: Bool { state.withLock(\.self) }
    func set() { state.withLock { $0 = true } }
}

extension TerminalSize {
    /// Rows and columns, big-endian, as in a `.resize` frame.
    init?(payload: [UInt8]) {
        guard payload.count == 4 else { return nil }
        self.init(rows: UInt16(payload[0]) << 8 | UInt16(payload[1]), columns: UInt16(payload[2]) << 8 | UInt16(payload[3]))
    }
}
