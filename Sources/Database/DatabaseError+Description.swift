extension DatabaseError: CustomStringConvertible {
    /// What, where and the next step, in one line.
    public var description: String {
        switch self {
        case .diskFull(let failure): "\(failure.text); \(failure.adviceWhenFull)"
        case .busy(let failure): "\(failure.text); \(failure.adviceWhenBusy)"
        case .inUse(let file):
            "\(file): in use by another process; ask the daemon with rollcallctl instead of opening its file"
        case .corrupt(let failure): "\(failure.text); \(failure.adviceWhenDamaged)"
        case .readOnly(let failure): "\(failure.text); \(failure.adviceWhenReadOnly)"
        case .cannotOpen(let failure): "\(failure.text); \(failure.adviceWhenNotOpened)"
        case .connectionLost(let failure):
            "\(failure.text); it is connected again by itself: look whether it was done, then try again"
        case .constraint(let failure):
            "\(failure.text); the new row contradicts a stored one: look at what is stored before trying again"
        case .unstorable(let failure):
            "\(failure.text); a value cannot be stored as it is: leave out NUL characters and numbers that are too large"
        case .newerSchema(let file, let found, let known):
            "\(file): written by a newer version (schema \(found), this program knows \(known)); nothing was changed:"
                + " install the newer version, or use another database"
        case .settingRefused(let file, let setting, let wanted, let found):
            "\(file): \(setting) is \(found) and must be \(wanted); put the file on a local file system with locks"
        case .unexpectedValue(let column, let wanted, let found):
            "column \(column) should hold \(wanted) and holds \(found); the row was changed by something else: restore it"
        case .other(let failure): "\(failure.text); \(failure.adviceOtherwise)"
        }
    }
}

/// The next step, which is another for a file than for a server.
extension SQLFailure {
    fileprivate var adviceWhenFull: String {
        isOfServer
            ? "free space on the database server's disk: work goes on by itself once there is some"
            : "free space on the file system of \(file): work goes on by itself once there is some"
    }

    fileprivate var adviceWhenBusy: String {
        isOfServer
            ? "nothing was stored, try again; where it stays so, see pg_stat_activity for who holds locks or connections"
            : "another program holds the file: wait for it to finish, then try again"
    }

    fileprivate var adviceWhenDamaged: String {
        isOfServer
            ? "the database is damaged: check the database server's disk and log, and restore a backup"
            : "the file is damaged: check the disk, and keep the file for salvage"
    }

    fileprivate var adviceWhenReadOnly: String {
        isOfServer
            ? "the database's user must own its tables, and the server must not be a standby"
            : "give the service's user write permission to the file and its folder, and check that the file system is not"
                + " mounted read-only"
    }

    fileprivate var adviceWhenNotOpened: String {
        isOfServer
            ? "check the address, that the database server runs, and the user's password and rights there"
            : "check that the folder exists and that the service's user may write there"
    }

    fileprivate var adviceOtherwise: String {
        isOfServer ? "see the database server's log" : "check the disk and the system's log"
    }
}
