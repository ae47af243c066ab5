internal import APIClient
internal import APIModel
internal import ArgumentParser
internal import FoundationEssentials
internal import Kernel
internal import NIOPosix

struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Keeps an installation and a token for it, for all that is asked from then on.",
        discussion: """
            A certificate that the machine's authorities do not vouch for is shown, and kept once it is accepted: from then on that one alone is
            believed, also when logging in again. Without a terminal it must be named by --fingerprint, as `openssl x509 -fingerprint -sha256` on the server says it.
            """)
    @Argument(help: "https://HOST, or https://HOST:PORT.") var url: String
    @Option(help: "The token (default: read from the standard input, so that it is in no list of processes).")
    var token: String?
    @Option(help: ArgumentHelp("Log in as this user, alice of the platform or acme/alice of a tenant, with a password instead of a token.", valueName: "user"))
    var user: String?
    @Option(help: ArgumentHelp("What to call it (default: the host's name).", valueName: "name"))
    var name: String?
    @Option(help: ArgumentHelp("SHA-256 of the server's certificate.", valueName: "fingerprint"), transform: { text in
        guard let fingerprint = Fingerprint(text) else { throw InvalidValue("64 hexadecimal digits are expected") }
        return fingerprint
    })
    var fingerprint: Fingerprint?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let endpoint: Endpoint
        do { endpoint = try Endpoint(https: url, .authorities) } catch { throw InvalidValue("'\(url)': https://HOST or https://HOST:PORT is expected") }
        guard case .secure(let host, let port, _) = endpoint else { return }
        let trust = if let fingerprint { Trust.pinned(fingerprint) } else { try await trust(host, port) }
        let remote = Remotes.Remote(url: url, token: try await secret(RoostClient(try Endpoint(https: url, trust))), fingerprint: trust.fingerprint?.description)
        let caller = try await remote.client().caller()
        let environment = ProcessInfo.processInfo.environment
        var remotes = try Remotes.load(environment)
        let chosen = name ?? host
        remotes.remotes[chosen] = remote
        remotes.standard = chosen
        try remotes.save(environment)
        try output.print(caller) { _ in "logged in to \(Visible.text(chosen)) as \(Visible.text(caller.role))\(caller.tenant.map { " of \(Visible.text($0))" } ?? "")\n" }
    }

    private func trust(_ host: String, _ port: Int) async throws -> Trust {
        let endpoint = Endpoint.secure(host: host, port: port, .authorities)
        do {
            _ = try await RoostClient(endpoint).version()
            return .authorities
        } catch let unreachable as Unreachable {
            guard case .untrusted = unreachable.reason else { throw unreachable }
        }
        let shown = try await RoostClient.fingerprint(host: host, port: port, group: MultiThreadedEventLoopGroup.singleton)
        let accepted = try Remotes.load(ProcessInfo.processInfo.environment).fingerprints(of: endpoint)
        if accepted.contains(shown.description) { return .pinned(shown) }
        let warning = accepted.isEmpty ? "" : "It is not the one that was accepted before: unless the server was given another, somebody else answers.\n"
        guard Terminal.isTerminal(StandardStream.input) else {
            throw Ended(status: ExitStatus.failed.rawValue, words: "\(warning)nobody vouches for the certificate of \(host):\(port); if it is \(shown), say so by --fingerprint")
        }
        try Confirmation.ask("Nobody vouches for the certificate of \(Visible.text(host)):\(port). Its fingerprint is\n\(shown)\n\(warning)Is it the server's?", unless: false)
        return .pinned(shown)
    }

    private func secret(_ client: RoostClient) async throws -> String {
        guard let user else { return try token ?? Secret.read("Token") }
        var request = SessionCreate(user: user, password: try Secret.read("Password"))
        do { return try await client.openSession(request).secret } catch let problem as Problem where problem.code == .secondFactorRequired {
            request.code = try Secret.read("Code")
            return try await client.openSession(request).secret
        }
    }

    func validate() throws {
        if user != nil, token != nil { throw ValidationError("--user or --token, not both") }
    }
}

struct LogoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "logout", abstract: "Forgets an installation, and ends the session there. A token that was not got by a password stays valid: `roost token revoke` ends it.")
    @Argument(help: "Its name (default: the one that is used where none is named).") var name: String?

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        var remotes = try Remotes.load(environment)
        guard let chosen = name ?? remotes.standard, let remote = remotes.remotes.removeValue(forKey: chosen) else { throw InvalidValue("nobody has logged in there") }
        if remotes.standard == chosen { remotes.standard = nil }
        try remotes.save(environment)
        // It is forgotten here, whatever is said there.
        do { try await end(remote) } catch { try Screen.write("the session there could not be ended (\(Visible.text("\(error)"))): it ends by itself\n") }
        try Screen.print("logged out of \(Visible.text(chosen))\n")
    }

    private func end(_ remote: Remotes.Remote) async throws {
        let client = try remote.client()
        do { if try await client.caller().user != nil { try await client.endSession() } } catch let problem as Problem where problem.code == .unauthenticated {}  // it has ended
    }
}

extension Trust {
    var fingerprint: Fingerprint? { if case .pinned(let fingerprint) = self { fingerprint } else { nil } }
}
