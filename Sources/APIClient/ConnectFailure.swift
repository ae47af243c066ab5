internal import NIOCore
internal import NIOPosix
internal import NIOSSL

extension Unreachable.Reason {
    /// Why connecting, or the connection, failed (connect(2), unix(7)).
    init(_ error: any Error) {
        switch error {
        case let error as IOError: self.init(code: error.errnoCode, words: error.description)
        case let error as NIOConnectionError:
            let first = error.connectionErrors.first?.error
            self = first.map(Self.init) ?? .other("\(error.host) is not known")
        case SocketAddressError.unixDomainSocketPathTooLong: self = .pathTooLong
        case ChannelError.connectTimeout(let time): self = .silent(seconds: time.nanoseconds / 1_000_000_000)
        case ChannelError.inappropriateOperationForState, ChannelError.ioOnClosedChannel, ChannelError.inputClosed, ChannelError.eof: self = .cutOff
        case let error as Unreachable: self = error.reason
        case let error as NIOSSLError: self = .untrusted("\(error)")
        case let error as BoringSSLError: self = .untrusted("\(error)")
        case let error as NIOSSLExtraError: self = .untrusted(error.description)
        default: self = .other("\(error)")
        }
    }

    private init(code: Int32, words: String) {
        switch code {
        case 1, 13: self = .notPermitted  // EPERM, EACCES
        case 2, 20: self = .noSocket  // ENOENT, ENOTDIR
        case 111: self = .nobodyListens  // ECONNREFUSED
        case 32, 104: self = .cutOff  // EPIPE, ECONNRESET
        default: self = .other(words)
        }
    }
}
