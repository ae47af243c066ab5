package import NodeModel

/// Who a guest is, as far as files in it say so.
package struct GuestIdentity: Sendable, Equatable, Codable {
    package let id: VPSID
    package let hostname: String
    package let nameServers: [String]
    package let sshKeys: [String]

    /// Refuses what could be more than one line, or more than a name: it is written into files that the guest's programs parse.
    package init(id: VPSID, hostname: String, nameServers: [String], sshKeys: [String]) throws(DiskError) {
        func isPlain(_ text: String, _ alphabet: String) -> Bool { !text.isEmpty && text.utf8.count <= 253 && text.utf8.allSatisfy(alphabet.utf8.contains) }
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        guard isPlain(hostname, letters + ".-"), !hostname.hasPrefix("-"), !hostname.hasPrefix(".") else { throw .badIdentity("hostname \(hostname.debugDescription)") }
        for server in nameServers where !isPlain(server, letters + ".:%-") { throw .badIdentity("name server \(server.debugDescription)") }
        for key in sshKeys where key.isEmpty || key.utf8.count > 16384 || key.utf8.contains(where: { $0 < 32 || $0 == 127 }) {
            throw .badIdentity("SSH key \(key.debugDescription)")
        }
        self.id = id
        self.hostname = hostname
        self.nameServers = nameServers
        self.sshKeys = sshKeys
    }
}
