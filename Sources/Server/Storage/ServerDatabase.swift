import Attendance
import Database
import FoundationEssentials
import Glibc

/// The server's database, opened: the stores over one SQLite file. A command may open the same file beside the running
/// server, so nothing is kept in memory that the file also says.
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

    /// Opens the file, makes it when it is missing, and brings its schema to the newest version.
    public init(path: String, vault: TemplateVault) throws(ServerError) {
        do throws(DatabaseError) {
            self.init(
                try SQLiteDatabase(path: path, use: .shared(), migrations: Schema.migrations), vault: vault)
            try RosterStore.prepare(database)
        } catch {
            throw .storage(error)
        }
        try people.checkKey()
        try ClassStore.prepare(database, now: Clock.now)
    }

    private init(_ database: any SQLDatabase, vault: TemplateVault) {
        self.database = database
        terminals = TerminalStore(database: database)
        people = PeopleStore(database: database, vault: vault)
        marks = MarkStore(database: database)
        roster = RosterStore(database: database, vault: vault)
        accounts = AccountStore(database: database)
        passwords = PasswordStore(database: database)
        sessions = SessionStore(database: database)
        classes = ClassStore(database: database)
        images = ImageRecords(database: database)
        audit = AuditTrail(database: database)
    }

    /// Throws unless the database answers.
    func ping() throws(ServerError) {
        do throws(DatabaseError) { _ = try database.query("SELECT epoch FROM roster") } catch { throw .storage(error) }
    }

    /// Ends the use of the file.
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
