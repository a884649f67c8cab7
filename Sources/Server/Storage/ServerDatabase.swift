import Attendance
import Database
import FoundationEssentials
import Glibc
import PostgreSQL

/// The server's database, opened: the stores over one SQLite file or one PostgreSQL database. A command, and with
/// PostgreSQL another server, may use the same one meanwhile, so nothing is kept in memory that the database also says.
///
/// Calls block. The server makes them through `DatabaseThread`, a command directly.
public struct ServerDatabase: Sendable {
    private let database: any SQLDatabase
    /// Which terminals may talk to the server.
    public let terminals: TerminalStore
    /// Who is enrolled.
    public let people: PeopleStore
    /// What terminals have sent, and what follows from it.
    public let marks: MarkStore
    /// What terminals could not decide.
    public let walkBys: WalkByStore
    /// The roster as terminals pull it.
    let roster: RosterStore
    /// Everybody at the school, and their accounts.
    let accounts: AccountStore
    /// Their passwords.
    let passwords: PasswordStore
    /// Who is logged in.
    let sessions: SessionStore
    /// The classes and who teaches them.
    let classes: ClassStore
    /// Which images of people there are.
    let images: ImageRecords
    /// What people have done.
    let audit: AuditTrail
    /// When attendance is taken, and which time means which status.
    let policies: PolicyStore
    /// The days off.
    let calendar: CalendarStore
    /// What stands for each person and session.
    let records: RecordStore
    /// The ends of sessions.
    let closings: ClosingStore
    /// What staff have decided.
    let corrections: CorrectionStore
    /// Who is excused.
    let excuses: ExcuseStore
    /// What is to be sent by mail.
    let letters: LetterStore
    /// What reports say.
    let reports: ReportStore

    /// How many threads can use it at one time.
    let threads: Int
    /// True where other servers may run on the same database.
    let isShared: Bool

    /// Opens a SQLite file, makes it when it is missing, and brings its schema to the newest version.
    public init(path: String, vault: TemplateVault) throws(ServerError) {
        try self.init(.file(path), vault: vault)
    }

    /// Opens the database and brings its schema to the newest version. A file is made when it is missing, a PostgreSQL
    /// database is not.
    /// - Parameter isKeyLost: whether the vault may have another key than the templates were sealed with.
    /// - Throws: `.sealed` for another key otherwise.
    public init(
        _ location: DatabaseLocation, vault: TemplateVault, isKeyLost: Bool = false
    ) throws(ServerError) {
        let key = try AuditKey(vault)
        do throws(DatabaseError) {
            switch location {
            case .file(let path):
                let file = try SQLiteDatabase(path: path, use: .shared(), migrations: Schema.migrations)
                self.init(file, threads: 1, isShared: false, vault: vault, auditKey: key)
            case .server(let address, let connections):
                let pool = try PostgresDatabase(
                    address, limits: PostgresLimits(connections: connections), migrations: Schema.migrations)
                self.init(pool, threads: connections, isShared: true, vault: vault, auditKey: key)
            }
            try RosterStore.prepare(database)
        } catch {
            throw .storage(error)
        }
        if !isKeyLost { try vault.checkTemplates(in: database) }
        try AuditHead.prepare(key, now: Clock.now, database)
        try ClassStore.prepare(database, now: Clock.now)
    }

    private init(
        _ database: any SQLDatabase, threads: Int, isShared: Bool, vault: TemplateVault, auditKey: AuditKey
    ) {
        self.database = database
        self.threads = threads
        self.isShared = isShared
        audit = AuditTrail(database: database, key: auditKey)
        terminals = TerminalStore(database: database, audit: audit)
        people = PeopleStore(database: database, audit: audit, vault: vault)
        roster = RosterStore(database: database, vault: vault)
        accounts = AccountStore(database: database, audit: audit)
        passwords = PasswordStore(database: database, audit: audit)
        sessions = SessionStore(database: database)
        classes = ClassStore(database: database, audit: audit)
        images = ImageRecords(database: database, audit: audit)
        policies = PolicyStore(database: database)
        calendar = CalendarStore(database: database, audit: audit)
        records = RecordStore(database: database, policies: policies)
        closings = ClosingStore(database: database, records: records)
        corrections = CorrectionStore(database: database, audit: audit, records: records)
        excuses = ExcuseStore(database: database, audit: audit, records: records)
        marks = MarkStore(database: database, audit: audit, records: records)
        walkBys = WalkByStore(database: database, audit: audit, records: records, corrections: corrections)
        letters = LetterStore(database: database, audit: audit)
        reports = ReportStore(database: database)
    }

    /// Runs the body in one transaction.
    func transaction<Result: Sendable>(
        _ body: (any SQLSession) throws(ServerError) -> Result
    ) throws(ServerError) -> Result { try database.transaction(body) }

    /// What puts reports into the queue of letters, whether or not they are sent by themselves.
    func allReports(_ settings: ReportSettings) -> ReportPlanner {
        ReportPlanner(database: database, settings: settings)
    }

    /// Throws unless the database answers.
    func ping() throws(ServerError) {
        do throws(DatabaseError) { _ = try database.query("SELECT epoch FROM roster") } catch { throw .storage(error) }
    }

    /// Has every terminal pull the whole roster once more: for after a backup was restored, when a cursor that a terminal
    /// has could lie ahead of the restored roster.
    public func renewRoster() throws(ServerError) {
        try database.transaction { session throws(ServerError) in
            try RosterStore.beginEpoch(session)
            try audit.record("roster.renew", of: "roster", by: .server, at: Clock.now, session)
        }
    }

    /// Ends the use of the database.
    public func close() {
        database.close()
    }
}

/// The wall clock of this machine.
enum Clock {
    static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
