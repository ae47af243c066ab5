internal import Foundation
package import Kernel
package import NodeModel
internal import Synchronization

/// Frames on a stream socket, as NodeProtocol says. Any thread may send; one receives.
package final class Connection: Sendable {
    private let socket: Descriptor
    private let sending = Mutex(())

    package init(_ socket: consuming Descriptor) { self.socket = socket }

    /// Nil: the other side ended.
    package func receive() throws -> StreamFrame? {
        guard let head = try exactly(StreamFrame.headLength) else { return nil }
        do {
            guard let body = try exactly(try StreamFrame.bodyLength(head: head)) else { throw NodeProblem(.invalid, "a frame that ends early") }
            return try StreamFrame(body: body)
        } catch let error as MalformedFrame {
            throw NodeProblem(.invalid, "\(error)")
        }
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

    package func send(_ kind: FrameKind, _ payload: [UInt8]) throws { try send(StreamFrame(kind, payload)) }

    package func send(_ frame: StreamFrame) throws {
        let bytes = try frame.encoded()
        try sending.withLock { _ in try socket.write(bytes) }
    }

    package func reply(_ reply: NodeReply) throws { try send(.message, Array(try JSONEncoder().encode(reply))) }

    func sendExit(_ status: Int32) { try? send(.exit(status)) }  // nobody listens any more

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
