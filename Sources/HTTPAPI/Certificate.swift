internal import Foundation
internal import Logging
internal import NIOSSL
internal import Synchronization

/// The server's certificate and key, from files that may be replaced at any time: the next connection has the new ones.
final class Certificate: Sendable {
    private struct Loaded: Sendable {
        var context: NIOSSLContext
        var stamp: [Stamp]
    }
    private let chain: String
    private let key: String
    private let logger: Logger
    private let loaded: Mutex<Loaded>

    init(chain: String, key: String, logger: Logger) throws {
        self.chain = chain
        self.key = key
        self.logger = logger
        loaded = Mutex(Loaded(context: try Self.load(chain, key), stamp: Self.stamp(chain, key)))
    }

    /// New files that cannot be used are said, once, and the old ones stay.
    var context: NIOSSLContext {
        loaded.withLock { loaded in
            let stamp = Self.stamp(chain, key)
            guard stamp != loaded.stamp else { return loaded.context }
            loaded.stamp = stamp
            do {
                loaded.context = try Self.load(chain, key)
                logger.notice("the new certificate is in use")
            } catch {
                logger.error("the new certificate cannot be used; the old one stays", metadata: ["error": "\(error)"])
            }
            return loaded.context
        }
    }

    private static func load(_ chain: String, _ key: String) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(chain).map(NIOSSLCertificateSource.certificate), privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["h2", "http/1.1"]
        return try NIOSSLContext(configuration: configuration)
    }

    /// What changes when a file, or a link to one, is replaced.
    private struct Stamp: Sendable, Equatable {
        var file: String
        var modified: Date?
    }

    private static func stamp(_ paths: String...) -> [Stamp] {
        paths.map { path in
            let file = URL(filePath: path).resolvingSymlinksInPath().path()
            return Stamp(file: file, modified: (try? FileManager.default.attributesOfItem(atPath: file))?[.modificationDate] as? Date)  // gone: another stamp than before
        }
    }
}
