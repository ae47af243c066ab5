internal import GRDB
internal import Synchronization

/// What was read since the last write: as nothing has changed, whoever asks for the same again need not wait for the database.
final class ReadMemory<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let state = Mutex<(version: UInt64, values: [Key: Value])>((0, [:]))
    private let most: Int

    /// `most`: for so many keys.
    init(most: Int) { self.most = most }

    subscript(_ key: Key, at version: UInt64) -> Value? { state.withLock { $0.version == version ? $0.values[key] : nil } }

    /// `version`: from before it was read.
    func keep(_ value: Value, for key: Key, at version: UInt64) {
        state.withLock { state in
            guard version >= state.version else { return }
            if version > state.version || state.values.count >= most { state = (version, [:]) }
            state.values[key] = value
        }
    }
}

extension Store {
    func read<Key, Value>(_ key: Key, by memory: ReadMemory<Key, Value>, _ read: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        let version = self.version
        if let value = memory[key, at: version] { return value }
        let value = try await pool.read(read)
        memory.keep(value, for: key, at: version)
        return value
    }
}
