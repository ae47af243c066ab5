/// Why the records can't be opened. The file is as it was.
package enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    case unusable(path: String, why: String)
    case inUse(folder: String)
    case damaged(path: String, why: String)
    case foreign(path: String)
    case newer(path: String, found: Int64, known: Int64)
    case changedMigration(path: String, version: Int64)
    case sealed(path: String, key: String)

    package var description: String {
        switch self {
        case .unusable(let path, let why): "cannot use \(path): \(why)"
        case .inUse(let folder): "another roostd runs on the state folder \(folder)"
        case .damaged(let path, let why): "the database \(path) is damaged (\(why)); it was not touched. Put back a backup, or move it away"
        case .foreign(let path): "\(path) is not a database of Roost's; it was not touched. Move it away, or set api.database"
        case .newer(let path, let found, let known): "the database \(path) has schema \(found), this roostd knows up to \(known); it was not touched. Run the newer roostd"
        case .changedMigration(let path, let version): "the database \(path) was made by another migration \(version) than this roostd's; it was not touched. Run the roostd that made it"
        case .sealed(let path, let key): "the secrets in the database \(path) are sealed with another key than that in \(key), or it is not there; nothing was changed. Put back the key file that belongs to it; where that is lost: roostd forget-secrets"
        }
    }
}
