/// Who uses a SQLite file, which decides its journal and locks. Both are `synchronous=FULL`: a commit that returned is on
/// the disk.
public enum SQLiteUse: Sendable, Equatable {
    /// One connection of one process, for as long as it is open: write-ahead log, exclusive lock. A second opener is
    /// refused. (SQLite up to 3.51.2 can damage a file when two connections write or checkpoint the same log.)
    case alone
    /// Several processes: rollback journal, and a wait of at most `busyTimeout` for the others.
    case shared(busyTimeout: Duration = .seconds(10))
}
