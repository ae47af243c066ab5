internal import Foundation
package import GRDB

/// That a request is to be done once, however often it is sent (its Idempotency-Key).
package struct ReceiptWish: Sendable, Equatable {
    package var actor: String
    package var key: String
    /// SHA-256 of all that was asked.
    package var request: [UInt8]

    package init(actor: String, key: String, request: [UInt8]) {
        self.actor = actor
        self.key = key
        self.request = request
    }

    /// Of the request that this task is about; what it writes is written with a receipt.
    @TaskLocal package static var current: ReceiptWish?

    /// For so long a repetition is known as one.
    package static let lifetime: Int64 = 24 * 3_600_000
}

/// What was done for a request.
package struct Receipt: Sendable, Equatable, FetchableRecord {
    package var request: [UInt8]
    package var operation: String?
    package var answer: Answer?

    package struct Answer: Sendable, Equatable {
        package var status: Int
        package var body: [UInt8]

        package init(status: Int, body: [UInt8]) {
            self.status = status
            self.body = body
        }
    }

    package init(row: Row) {
        request = Array(row["request"] as Data)
        operation = row["operation_id"]
        answer = (row["status"] as Int?).map { Answer(status: $0, body: Array(row["answer"] as Data)) }
    }
}

extension Store {
    /// One IMMEDIATE transaction, with the receipt for it if the request asked for one. `body` returns the operation that it
    /// began, too. Throws `Refusal.repeated`, and writes nothing, where the same was done meanwhile.
    func written<Value: Sendable>(_ body: @escaping @Sendable (Database, WriteTerms) throws -> (Value, operation: String?)) async throws -> Value {
        let wish = ReceiptWish.current
        return try await committed { [now] db, terms in
            if let wish { try wish.claim(at: now(), db) }  // before `body`, which would find what the other made, and refuse that
            let (value, operation) = try body(db, terms)
            if let wish { try wish.keep(operation, db) }
            return value
        }
    }

    package func receipt(_ wish: ReceiptWish) async throws -> Receipt? {
        try await pool.read { [now] db in
            try Receipt.fetchOne(
                db, cached: "SELECT * FROM receipts WHERE actor = ? AND key = ? AND created_at >= ?", arguments: [wish.actor, wish.key, now() - ReceiptWish.lifetime])
        }
    }

    /// What was answered, where no operation tells it.
    package func keep(_ answer: Receipt.Answer, for wish: ReceiptWish) async throws {
        try await pool.write { db in
            try db.execute(
                cached: "UPDATE receipts SET status = ?, answer = ? WHERE actor = ? AND key = ? AND request = ? AND operation_id IS NULL",
                arguments: [answer.status, Data(answer.body), wish.actor, wish.key, Data(wish.request)])
        }
    }
}

extension ReceiptWish {
    fileprivate func claim(at now: Int64, _ db: Database) throws {
        try db.execute(cached: "DELETE FROM receipts WHERE created_at < ?", arguments: [now - Self.lifetime])
        try db.execute(
            cached: "INSERT INTO receipts (actor, key, request, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", arguments: [actor, key, Data(request), now])
        if db.changesCount == 0 { throw Refusal.repeated }
    }

    fileprivate func keep(_ operation: String?, _ db: Database) throws {
        guard let operation else { return }
        try db.execute(cached: "UPDATE receipts SET operation_id = ? WHERE actor = ? AND key = ?", arguments: [operation, actor, key])
    }
}
