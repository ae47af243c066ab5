internal import ArgumentParser
internal import ControlPlane
internal import Domain
internal import Foundation
internal import Glibc
internal import HTTPAPI
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NodeClient
internal import Release
internal import ServiceLifecycle
internal import Settings
internal import Store
internal import UnixSignals
internal import WebhookClient

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve until a SIGTERM or SIGINT (the default).")

    @Option(name: .long, help: "The settings' file, instead of $ROOST_CONFIG or \(Settings.defaultPath).")
    var config: String?

    func run() async throws {
        umask(0o077)  // what is made here, the socket above all, is nobody else's
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        let logger = Logger(label: "roostd")
        do {
            try await serve(try Settings.load(path: config, environment: ProcessInfo.processInfo.environment), logger)
        } catch let error where error is SettingsError || error is StoreError || error is NoCertificate || error is NetworkProblem || error is ControlPlaneError || error is CocoaError || error is CannotListen {
            FileHandle.standardError.write(Data("roostd: \(error)\n".utf8))
            throw ExitCode.failure
        }
    }

    private func serve(_ settings: Settings, _ logger: Logger) async throws {
        let policy = try Policy(settings)
        let folder = try StateFolder(URL(fileURLWithPath: settings.api.database).deletingLastPathComponent().path)
        let store = try Store(path: settings.api.database, holding: folder)
        let node = NodeClient(socket: settings.node.socket)
        let plane = ControlPlane(store: store, link: node, policy: policy, logger: logger)
        try await plane.prepare()
        try makeFolder(of: settings.api.socket)
        let socket = settings.api.socket
        let counter = RequestCounter()
        let application = AdminAPI.application(plane, socket: socket, counter: counter, logger: logger) {
            FileHandle.standardError.write(Data("roostd \(Release.version) is ready on \(socket)\n".utf8))
        }
        var services: [any Service] = [application, ReconcilerService(plane: plane)]
        do {
            services.append(CourierService(courier: Courier(plane, through: try WebhookClient(reach: policy.webhookReach), body: WebhookBody.json)))
        } catch {
            logger.error("webhooks are told nothing: the certificates that this machine believes cannot be read; install ca-certificates, and start roostd again", metadata: ["error": "\(error)"])
        }
        if let listener = settings.api.listen { services.append(try network(plane, listener, settings.api, counter, logger)) }
        if let listener = settings.metrics.listen { services.append(MetricsAPI.application(plane, counter, host: listener.host, port: listener.port, logger: logger)) }
        var configuration = ServiceGroupConfiguration(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(3)  // then streams and waiting requests are ended
        do { try await ServiceGroup(configuration: configuration).run() } catch let error as IOError { throw CannotListen(settings, error) }
        node.close()
        try? FileManager.default.removeItem(atPath: socket)  // a stale one is replaced at the next start
    }

    private func network(_ plane: ControlPlane, _ listener: Listener, _ api: Settings.API, _ counter: RequestCounter, _ logger: Logger) throws -> any Service {
        do {
            return try NetworkAPI.application(plane, host: listener.host, port: listener.port, certificate: api.certificate, key: api.key, counter: counter, logger: logger) { port in
                FileHandle.standardError.write(Data("roostd listens on https://\(listener.host.contains(":") ? "[\(listener.host)]" : listener.host):\(port)\n".utf8))
            }
        } catch {
            throw NoCertificate(certificate: api.certificate, key: api.key, why: "\(error)")
        }
    }

    private func makeFolder(of socket: String) throws {
        let folder = URL(fileURLWithPath: socket).deletingLastPathComponent().path
        guard !FileManager.default.fileExists(atPath: folder) else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }
}

struct CannotListen: Error, CustomStringConvertible {
    private let places: [String]
    private let why: String

    init(_ settings: Settings, _ error: IOError) {
        let listeners = [("api", settings.api.listen), ("metrics", settings.metrics.listen)]
        places = [settings.api.socket] + listeners.compactMap { name, listener in listener.map { "\($0.host) port \($0.port) (\(name).listen)" } }
        why = "\(error)"
    }

    var description: String { "cannot listen on \(places.joined(separator: ", or on ")): \(why)" }
}

struct NoCertificate: Error, CustomStringConvertible {
    let certificate: String
    let key: String
    let why: String

    var description: String { "api.listen is set, but the certificate in \(certificate) with the key in \(key) (api.certificate, api.key) cannot be used: \(why)" }
}

/// Ends before the server, so that whoever waits for an operation gets an answer: what it does can be done again at the next start.
struct ReconcilerService: Service {
    let plane: ControlPlane

    func run() async throws { try await cancelWhenGracefulShutdown { try await plane.reconciler.run() } }
}

struct CourierService: Service {
    let courier: Courier

    func run() async throws { try await cancelWhenGracefulShutdown { try await courier.run() } }
}

extension Policy {
    init(_ settings: Settings) throws(NetworkProblem) {
        self.init(
            node: settings.node.name, idBase: settings.node.idBase, idSlots: Int64(settings.node.idSlots),
            pools: try AddressPool.parse(ipv4: settings.addresses.ipv4, ipv6: settings.addresses.ipv6), nameServers: settings.addresses.nameServers,
            ratios: OvercommitRatios(cpu: settings.overcommit.cpu, memory: settings.overcommit.memory, disk: settings.overcommit.disk))
        webhookReach.privateNetworks = try settings.webhooks.privateNetworks.map { text throws(NetworkProblem) in try Network(text) }
        rate = RequestRate(perSecond: settings.api.requestsPerSecond)
        strangersRate = Self.strangersRate(perSecond: settings.api.strangersPerSecond)
    }
}
