internal import ControlPlane
internal import Domain
package import Hummingbird

/// A request's identity and who asks: neither is optional. Until a middleware has found out, nobody asks.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    let requestID: String
    var scope = Scope.nobody
    /// The address that he calls from; nil on a unix socket.
    let address: String?
    let channel: ObjectIdentifier

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        requestID = Hexadecimal.randomID()
        address = source.channel.remoteAddress?.ipAddress
        channel = ObjectIdentifier(source.channel)
    }
}
