internal import APIClient
internal import FoundationEssentials
internal import Kernel

/// The installations that `roost login` was told of, with the tokens for them: for this user's eyes only.
struct Remotes: Codable, Equatable {
    struct Remote: Codable, Equatable {
        var url: String
        var token: String
        /// Of the server's certificate; nil: the machine's authorities vouch for it.
        var fingerprint: String?
    }
    /// The one that is meant where none is named.
    var standard: String?
    var remotes: [String: Remote] = [:]

    /// A service's environment names no folder: it has logged in to nothing.
    static func hasPlace(_ environment: [String: String]) -> Bool { environment["XDG_CONFIG_HOME"]?.hasPrefix("/") == true || environment["HOME"]?.hasPrefix("/") == true }

    static func path(_ environment: [String: String]) throws -> String {
        if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") { return "\(folder)/roost/remotes.json" }
        guard let home = environment["HOME"], home.hasPrefix("/") else { throw InvalidValue("HOME says no folder in which to keep what was logged in to") }
        return "\(home)/.config/roost/remotes.json"
    }

    /// None were told of yet: none.
    static func load(_ environment: [String: String]) throws -> Remotes {
        let path = try path(environment)
        guard HostFile.exists(path) else { return Remotes() }
        do { return try JSONDecoder().decode(Remotes.self, from: Data(try HostFile.readText(path).utf8)) } catch let error as DecodingError {
            throw InvalidValue("\(path) is not what roost wrote (\(error)): mend it, or remove it and log in again")
        }
    }

    func save(_ environment: [String: String]) throws {
        let path = try Self.path(environment)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try HostFile.makeDirectories(HostFile.split(path).folder, mode: 0o700)
        try HostFile.replace(path, with: Array(try encoder.encode(self)) + [10], mode: 0o600)
    }

    /// Of the certificates that were accepted for this server, though nobody vouches for them.
    func fingerprints(of endpoint: Endpoint) -> Set<String> {
        Set(remotes.values.filter { (try? Endpoint(https: $0.url, .authorities)) == endpoint }.compactMap(\.fingerprint))  // what cannot be read as an address is no server's
    }

    func client(_ name: String) throws -> RoostClient {
        guard let remote = remotes[name] else { throw InvalidValue("nobody has logged in to \(name): there is \(remotes.isEmpty ? "nothing" : remotes.keys.sorted().joined(separator: ", "))") }
        return try remote.client()
    }
}

extension Remotes.Remote {
    func client() throws -> RoostClient {
        let trust = try fingerprint.map { text in
            guard let fingerprint = Fingerprint(text) else { throw InvalidValue("\(text) is no fingerprint") }
            return Trust.pinned(fingerprint)
        }
        return RoostClient(try Endpoint(https: url, trust ?? .authorities), token: token)
    }
}
