internal import ControlPlane
package import Hummingbird
internal import Logging

/// A request's identity and who asks: neither is optional.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    let requestID: String
    /// Whoever reaches the admin socket is an admin: the socket's owner, or root.
    let scope: Scope

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        requestID = Self.newRequestID()
        scope = .admin
        logger[metadataKey: "request"] = .string(requestID)
    }

    static func newRequestID() -> String {
        let digits = String(UInt64.random(in: UInt64.min...UInt64.max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
