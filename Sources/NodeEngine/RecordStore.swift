internal import Foundation
package import Kernel
package import NodeModel

/// The records of a pool: `vps/<id>/record.json`.
package struct RecordStore: Sendable {
    private static let name = "record.json"
    let pool: String

    package init(pool: String) { self.pool = pool }

    private func directory(_ id: VPSID) throws(KernelError) -> Directory { try Directory("\(pool)/vps/\(id)") }

    package enum Found: Equatable, Sendable {
        case absent
        case readable(Record)
        /// Why, and what to do about it.
        case unreadable(String)

        package var record: Record? { if case .readable(let record) = self { record } else { nil } }
    }

    package func find(_ id: VPSID) throws(KernelError) -> Found {
        guard let bytes = try readIfThere(id) else { return .absent }
        do { return .readable(try JSONDecoder().decode(Record.self, from: Data(bytes))) } catch {
            return .unreadable("the record of VPS \(id) cannot be read: \(pool)/vps/\(id)/\(Self.name) is damaged; put its specification again or remove the VPS")
        }
    }

    /// Nil: there is none. A record that cannot be read is an error, never "none": what is not understood is not destroyed.
    package func load(_ id: VPSID) throws -> Record? {
        switch try find(id) {
        case .absent: nil
        case .readable(let record): record
        case .unreadable(let why): throw NodeProblem(.failed, why)
        }
    }

    private func readIfThere(_ id: VPSID) throws(KernelError) -> [UInt8]? {
        do {
            let directory = try directory(id)
            return try directory.read(Self.name)
        } catch {
            if error.code == KernelError.noEntry { return nil }
            throw error
        }
    }

    package func save(_ record: Record, durable: Bool = true) throws {
        let id = record.specification.id
        try HostFile.makeDirectories("\(pool)/vps/\(id)", mode: 0o700)
        try directory(id).replace(Self.name, with: Array(try JSONEncoder().encode(record)), mode: 0o600, durable: durable)
    }

    package func delete(_ id: VPSID) throws(KernelError) {
        do {
            let directory = try directory(id)
            try directory.remove(Self.name)
        } catch {
            if error.code == KernelError.noEntry { return }
            throw error
        }
        try HostFile.remove("\(pool)/vps/\(id)", isDirectory: true)
    }

    /// Every id that has a directory, whether or not its record can be read.
    package func ids() -> [VPSID] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(pool)/vps")) ?? []  // no directory yet: no VPS
        return names.compactMap(VPSID.init).sorted { $0.text < $1.text }
    }
}
