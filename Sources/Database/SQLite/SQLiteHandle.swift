import CSQLite

/// An open file and its prepared statements: the only place that calls libsqlite3. Not for two threads at once.
struct SQLiteHandle: ~Copyable {
    private let file: String
    private let alone: Bool
    private var database: OpaquePointer?
    private var statements: [String: OpaquePointer] = [:]

    /// More statements than any part of the program has; the cache starts again when they are passed.
    private static let cacheLimit = 128

    /// Opens an existing file. A path like `file:name` is a name here, not a URI.
    init(file: String, alone: Bool, busyMilliseconds: Int32) throws(DatabaseError) {
        self.file = file
        self.alone = alone
        var opened: OpaquePointer?
        let name = file.hasPrefix("file:") ? "./\(file)" : file
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let result = sqlite3_open_v2(name, &opened, flags, nil)
        database = opened
        guard result == SQLITE_OK else { throw failure(result, "opening") }
        sqlite3_busy_timeout(opened, busyMilliseconds)
        let hardened = csqlite_harden(opened)
        guard hardened == SQLITE_OK else { throw failure(hardened, "opening") }
        if sqlite3_db_readonly(opened, "main") == 1 { throw failure(SQLITE_READONLY, "opening") }
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close(database)
    }

    /// Closes the file; every later call throws.
    mutating func close() {
        forgetStatements()
        sqlite3_close(database)
        database = nil
    }

    /// Makes `close` leave the write-ahead log as it is.
    func keepLog() { _ = csqlite_keep_wal_on_close(database) }

    /// True between BEGIN and its end.
    var isInTransaction: Bool { database.map { sqlite3_get_autocommit($0) == 0 } ?? false }

    /// Rows changed since the file was opened.
    var totalChanges: Int64 { database.map { sqlite3_total_changes64($0) } ?? 0 }

    /// Runs one statement to its end: its rows, and how many rows it changed.
    mutating func run(
        _ sql: String, _ parameters: [SQLValue]
    ) throws(DatabaseError) -> (rows: [Row], changes: Int) {
        let statement = try prepared(sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        try bind(parameters, to: statement, of: sql)
        let before = sqlite3_total_changes64(database)
        var rows: [Row] = []
        var columns: [String] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                if columns.isEmpty { columns = Self.columns(of: statement) }
                rows.append(Row(columns: columns, values: Self.values(of: statement)))
            case SQLITE_DONE:
                let changed = sqlite3_total_changes64(database) != before
                return (rows, changed ? Int(sqlite3_changes64(database)) : 0)
            case let result:
                throw failure(result, sql)
            }
        }
    }

    private mutating func prepared(_ sql: String) throws(DatabaseError) -> OpaquePointer {
        if let statement = statements[sql] { return statement }
        guard let database else { throw failure(SQLITE_MISUSE, sql, message: "the database is closed") }
        var statement: OpaquePointer?
        var text = sql
        let (result, rest) = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                var tail: UnsafePointer<CChar>?
                let result = sqlite3_prepare_v3(
                    database, characters.baseAddress, Int32(clamping: characters.count),
                    UInt32(SQLITE_PREPARE_PERSISTENT), &statement, &tail)
                let used = tail.flatMap { end in characters.baseAddress.map { end - $0 } } ?? characters.count
                return (result, characters[used...].contains { $0 > 32 && $0 != 59 })
            }
        }
        guard result == SQLITE_OK else { throw failure(result, sql) }
        guard let statement, !rest else {
            sqlite3_finalize(statement)
            throw failure(SQLITE_MISUSE, sql, message: "exactly one SQL statement at a time")
        }
        if statements.count >= Self.cacheLimit { forgetStatements() }
        statements[sql] = statement
        return statement
    }

    private mutating func forgetStatements() {
        for statement in statements.values { sqlite3_finalize(statement) }
        statements.removeAll()
    }

    private func bind(
        _ parameters: [SQLValue], to statement: OpaquePointer, of sql: String
    ) throws(DatabaseError) {
        guard Int(sqlite3_bind_parameter_count(statement)) == parameters.count else {
            throw failure(SQLITE_MISUSE, sql, message: "\(parameters.count) values for another number of placeholders")
        }
        for (index, parameter) in parameters.enumerated() {
            let position = Int32(index + 1)
            let result =
                switch parameter {
                case .null: sqlite3_bind_null(statement, position)
                case .integer(let value): sqlite3_bind_int64(statement, position, value)
                case .real(let value): sqlite3_bind_double(statement, position, value)
                case .text(var value):
                    value.withUTF8 {
                        csqlite_bind_text(statement, position, $0.baseAddress, sqlite3_uint64($0.count))
                    }
                case .blob(let value):
                    value.withUnsafeBytes {
                        csqlite_bind_blob(statement, position, $0.baseAddress, sqlite3_uint64($0.count))
                    }
                }
            guard result == SQLITE_OK else { throw failure(result, sql) }
        }
    }

    private static func columns(of statement: OpaquePointer) -> [String] {
        (0..<sqlite3_column_count(statement)).map { column in
            sqlite3_column_name(statement, column).map { String(cString: $0) } ?? ""
        }
    }

    private static func values(of statement: OpaquePointer) -> [SQLValue] {
        (0..<sqlite3_column_count(statement)).map { column in
            switch sqlite3_column_type(statement, column) {
            case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
            case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
            case SQLITE_TEXT:
                let start = sqlite3_column_text(statement, column)
                let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
                return String(validating: bytes, as: UTF8.self).map { .text($0) } ?? .blob(Array(bytes))
            case SQLITE_BLOB:
                let start = sqlite3_column_blob(statement, column)
                let count = Int(sqlite3_column_bytes(statement, column))
                return .blob(Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)))
            default: return .null
            }
        }
    }

    private func failure(_ code: Int32, _ operation: String, message: String? = nil) -> DatabaseError {
        let found = message ?? String(cString: database == nil ? sqlite3_errstr(code) : sqlite3_errmsg(database))
        let failure = SQLFailure(file: file, sql: operation, code: .sqlite(code), message: found)
        return SQLiteCode.error(failure, systemError: sqlite3_system_errno(database), aloneWithFile: alone)
    }
}
