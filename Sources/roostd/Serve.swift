internal import ArgumentParser
internal import ControlPlane
internal import Domain
internal import Foundation
internal import Glibc
internal import HTTPAPI
internal import Hummingbird
internal import Logging
internal import NodeClient
internal import Release
internal import ServiceLifecycle
internal import Settings
internal import Store
internal import UnixSignals

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
        } catch let error where error is SettingsError || error is StoreError || error is NetworkProblem || error is ControlPlaneError || error is CocoaError {
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
        let application = AdminAPI.application(plane, socket: socket, logger: logger) {
            FileHandle.standardError.write(Data("roostd \(Release.version) is ready on \(socket)\n".utf8))
        }
        var configuration = ServiceGroupConfiguration(services: [application, ReconcilerService(plane: plane)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(3)  // then streams and waiting requests are ended
        try await ServiceGroup(configuration: configuration).run()
        node.close()
        try? FileManager.default.removeItem(atPath: socket)  // a stale one is replaced at the next start
    }

    private func makeFolder(of socket: String) throws {
        let folder = URL(fileURLWithPath: socket).deletingLastPathComponent().path
        guard !FileManager.default.fileExists(atPath: folder) else { return }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }
}

/// Ends before the server, so that whoever waits for an operation gets an answer: what it does can be done again at the next start.
struct ReconcilerService: Service {
    let plane: ControlPlane

    func run() async throws { try await cancelWhenGracefulShutdown { try await plane.reconciler.run() } }
}

extension Policy {
    init(_ settings: Settings) throws(NetworkProblem) {
        self.init(
            node: settings.node.name, idBase: settings.node.idBase, idSlots: Int64(settings.node.idSlots),
            pools: try AddressPool.parse(ipv4: settings.addresses.ipv4, ipv6: settings.addresses.ipv6), nameServers: settings.addresses.nameServers,
            ratios: OvercommitRatios(cpu: settings.overcommit.cpu, memory: settings.overcommit.memory, disk: settings.overcommit.disk))
    }
}
