internal import ControlPlane
internal import Foundation
internal import NodeModel

/// The JSON in frames of kind `.message`.
enum Messages {
    static func frame(_ request: NodeRequest) throws(NodeLinkError) -> StreamFrame {
        do { return StreamFrame(.message, Array(try JSONEncoder().encode(request))) } catch { throw .violation("a request cannot be encoded: \(error)") }
    }

    static func reply(_ frame: StreamFrame) throws(NodeLinkError) -> NodeReply {
        guard frame.kind == .message else { throw .violation("a frame of kind \(frame.kind) for a reply") }
        let reply: NodeReply
        do { reply = try JSONDecoder().decode(NodeReply.self, from: Data(frame.payload)) } catch { throw .violation("\(error)") }
        if case .problem(let problem) = reply { throw .problem(problem) }
        return reply
    }
}
