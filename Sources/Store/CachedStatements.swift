internal import GRDB

/// Statements that are compiled once on each connection: to compile most of them takes longer than to run them.
extension Database {
    func execute(cached sql: String, arguments: StatementArguments = StatementArguments()) throws { try cachedStatement(sql: sql).execute(arguments: arguments) }
}

extension FetchableRecord {
    static func fetchOne(_ db: Database, cached sql: String, arguments: StatementArguments = StatementArguments()) throws -> Self? {
        try fetchOne(db, SQLRequest<Self>(sql: sql, arguments: arguments, cached: true))
    }

    static func fetchAll(_ db: Database, cached sql: String, arguments: StatementArguments = StatementArguments()) throws -> [Self] {
        try fetchAll(db, SQLRequest<Self>(sql: sql, arguments: arguments, cached: true))
    }
}

extension DatabaseValueConvertible {
    static func fetchOne(_ db: Database, cached sql: String, arguments: StatementArguments = StatementArguments()) throws -> Self? {
        try fetchOne(db, SQLRequest<Self>(sql: sql, arguments: arguments, cached: true))
    }

    static func fetchAll(_ db: Database, cached sql: String, arguments: StatementArguments = StatementArguments()) throws -> [Self] {
        try fetchAll(db, SQLRequest<Self>(sql: sql, arguments: arguments, cached: true))
    }
}

extension Row {
    static func fetchOne(_ db: Database, cached sql: String, arguments: StatementArguments = StatementArguments()) throws -> Row? {
        try fetchOne(db, SQLRequest<Row>(sql: sql, arguments: arguments, cached: true))
    }

    static func fetchAll(_ db: Database, cached sql: String, arguments: StatementArguments = StatementArguments()) throws -> [Row] {
        try fetchAll(db, SQLRequest<Row>(sql: sql, arguments: arguments, cached: true))
    }
}
