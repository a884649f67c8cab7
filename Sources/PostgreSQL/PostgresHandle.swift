import CPostgres
import Database
import Glibc

/// One connection and its prepared statements: with the types around it, the only place that calls libpq. Not for two
/// threads at once.
struct PostgresHandle: ~Copyable {
    private let place: String
    private var connection: OpaquePointer?
    private var statements: [String: Statement] = [:]
    private var statementsMade = 0

    private struct Statement {
        let name: String
        let placeholders: Int
    }

    /// More statements than any part of the program has; the cache starts again when they are passed.
    private static let cacheLimit = 256
    private static let binaryFormat: Int32 = 1

    /// Connects and sets what every statement relies on.
    init(_ address: PostgresAddress, _ limits: PostgresLimits) throws(DatabaseError) {
        place = address.place
        // What stands before the URL are defaults that it may change; what stands after it is not for it to change.
        let settings = [
            ("connect_timeout", "\(max(1, limits.connecting.components.seconds))"),
            ("application_name", "rollcall-server"), ("keepalives_idle", "30"), ("tcp_user_timeout", "30000"),
            ("dbname", address.url), ("client_encoding", "UTF8"),
        ]
        connection = withCStrings(settings.map(\.0)) { names in
            withCStrings(settings.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
        guard PQstatus(connection) == CONNECTION_OK else {
            throw .cannotOpen(failure("connecting", PostgresState.connectionFailure, words(of: connection)))
        }
        cpostgres_be_silent(connection)
        let encoding = PQparameterStatus(connection, "server_encoding").map { String(cString: $0) } ?? "unknown"
        guard encoding == "UTF8" else {
            let advice = "make it with `createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8`"
            throw .cannotOpen(failure("connecting", "22021", "the database's encoding is \(encoding); \(advice)"))
        }
        try set("statement_timeout", "\(limits.statement.milliseconds)")
        try set("lock_timeout", "\(limits.lock.milliseconds)")
        try set("standard_conforming_strings", "on")
        // A commit that returned is on the server's disk; a site that asks for more than that keeps it.
        if try run("SHOW synchronous_commit", []).rows.first?.values == ["off"] { try set("synchronous_commit", "on") }
    }

    deinit { PQfinish(connection) }

    /// Ends the connection; every later call throws.
    mutating func close() {
        PQfinish(connection)
        connection = nil
        statements.removeAll()
    }

    /// True for a connection that can begin something new: in no transaction, and the server has neither hung up nor said
    /// anything that nobody asked for.
    var isFresh: Bool {
        guard PQstatus(connection) == CONNECTION_OK, PQtransactionStatus(connection) == PQTRANS_IDLE else {
            return false
        }
        var descriptor = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) == 0
    }

    /// True while the server has a transaction open for this connection.
    var isInTransaction: Bool {
        PQstatus(connection) == CONNECTION_OK && PQtransactionStatus(connection) != PQTRANS_IDLE
    }

    /// Runs one statement to its end: its rows, and how many rows it changed.
    mutating func run(
        _ sql: String, _ parameters: [SQLValue]
    ) throws(DatabaseError) -> (rows: [Row], changes: Int) {
        let statement = try prepared(sql)
        guard statement.placeholders == parameters.count else {
            let message = "\(parameters.count) values for \(statement.placeholders) placeholders"
            throw .other(failure(sql, PostgresState.misuse, message))
        }
        let result = ParameterBlock(parameters).withPointers { count, values, lengths, formats in
            PQexecPrepared(connection, statement.name, count, values, lengths, formats, Self.binaryFormat)
        }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK: return (try rows(of: result), changes(of: result))
        case PGRES_COMMAND_OK: return ([], changes(of: result))
        default: throw error(result, sql)
        }
    }

    private mutating func set(_ name: String, _ value: String) throws(DatabaseError) {
        _ = try run("SELECT set_config(?, ?, FALSE)", [.text(name), .text(value)])
    }

    private mutating func prepared(_ sql: String) throws(DatabaseError) -> Statement {
        if let statement = statements[sql] { return statement }
        guard connection != nil else { throw .other(failure(sql, PostgresState.misuse, "the database is closed")) }
        if statements.count >= Self.cacheLimit { forgetStatements() }
        let translated = Placeholders(sql)
        statementsMade += 1
        let statement = Statement(name: "s\(statementsMade)", placeholders: translated.count)
        let result = PQprepare(connection, statement.name, translated.sql, 0, nil)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw error(result, sql) }
        statements[sql] = statement
        return statement
    }

    private mutating func forgetStatements() {
        statements.removeAll()
        PQclear(PQexec(connection, "DEALLOCATE ALL"))
    }

    private func rows(of result: OpaquePointer?) throws(DatabaseError) -> [Row] {
        let columns = (0..<PQnfields(result)).map { PQfname(result, $0).map { String(cString: $0) } ?? "" }
        let types = (0..<PQnfields(result)).map { PQftype(result, $0) }
        var rows: [Row] = []
        rows.reserveCapacity(Int(PQntuples(result)))
        for row in 0..<PQntuples(result) {
            var values: [SQLValue] = []
            values.reserveCapacity(columns.count)
            for (index, type) in types.enumerated() {
                let column = Int32(index)
                guard PQgetisnull(result, row, column) == 0 else {
                    values.append(.null)
                    continue
                }
                let bytes = UnsafeRawBufferPointer(
                    start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
                guard let value = ColumnValue(type: type, bytes: bytes).value else {
                    throw .unexpectedValue(
                        column: columns[index], wanted: "a number, text or bytes", found: "type \(type) of PostgreSQL")
                }
                values.append(value)
            }
            rows.append(Row(columns: columns, values: values))
        }
        return rows
    }

    /// A query changes nothing, although the server counts its rows too.
    private func changes(of result: OpaquePointer?) -> Int {
        guard let status = PQcmdStatus(result), let count = PQcmdTuples(result) else { return 0 }
        let isQuery = ["SELECT", "SHOW", "FETCH"].contains { String(cString: status).hasPrefix($0) }
        return isQuery ? 0 : Int(String(cString: count)) ?? 0
    }

    private mutating func error(_ result: OpaquePointer?, _ operation: String) -> DatabaseError {
        let state = cpostgres_sqlstate(result).map { String(cString: $0) } ?? PostgresState.connectionFailure
        let message = cpostgres_message(result).map { String(cString: $0) } ?? words(of: connection)
        let failure = failure(operation, state, message)
        guard PQstatus(connection) == CONNECTION_OK else { return .connectionLost(failure) }
        if [PostgresState.planIsOld, PostgresState.noSuchStatement].contains(state) { statements.removeAll() }
        return PostgresState.error(failure)
    }

    private func failure(_ operation: String, _ state: String, _ message: String) -> SQLFailure {
        SQLFailure(file: place, sql: operation, code: .postgres(state), message: message)
    }
}

/// What libpq says of a connection, on one line.
private func words(of connection: OpaquePointer?) -> String {
    let text = PQerrorMessage(connection).map { String(cString: $0) } ?? "out of memory"
    return String(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(300))
}

/// Calls the body with an array of C strings that ends with NULL.
private func withCStrings<Result>(_ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies.map { UnsafePointer($0) } + [nil])
}
