internal import GRDB

extension Database {
    func recordEvent(_ kind: String, _ subject: String, by actor: String, at: Int64, _ detail: String = "") throws {
        try execute(cached: "INSERT INTO events (at, actor, kind, subject, detail) VALUES (?, ?, ?, ?, ?)", arguments: [at, actor, kind, subject, detail])
    }
}
