import Glibc

/// What the system says of a file, a folder or a device, to the user who asks.
struct PathFacts: Equatable {
    /// What is at a path.
    enum Kind: Equatable {
        case missing
        /// A folder on the way to it is closed to this user, or the system failed (its words).
        case hidden(reason: String)
        case file, folder, device, other
    }

    var path: String
    var kind: Kind
    /// The permission bits.
    var mode: UInt32 = 0
    var owner = ""
    var group = ""
    var size: Int64 = 0
    var isReadable = false
    var isWritable = false

    /// Permissions as `chmod` takes them, such as 0640.
    var modeText: String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Facts of a test's making.
    init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }

    /// Looks at a path, through symbolic links.
    init(of path: String) {
        self.path = path
        var status = stat()
        guard stat(path, &status) == 0 else {
            kind = errno == ENOENT ? .missing : .hidden(reason: String(cString: strerror(errno)))
            return
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFCHR: kind = .device
        default: kind = .other
        }
        mode = status.st_mode & 0o7777
        size = Int64(status.st_size)
        owner = Self.userName(status.st_uid)
        group = getgrgid(status.st_gid).map { String(cString: $0.pointee.gr_name) } ?? "\(status.st_gid)"
        isReadable = access(path, R_OK) == 0
        isWritable = access(path, W_OK) == 0
    }

    /// The name of a user, or the number of one without a name.
    static func userName(_ id: uid_t) -> String {
        getpwuid(id).map { String(cString: $0.pointee.pw_name) } ?? "\(id)"
    }

    /// Who asks.
    static var thisUser: String { userName(geteuid()) }
}
