import Glibc

/// A file or folder that a configuration or a command line names.
public enum NamedFile {
    /// Why this user cannot read the file at `path`, for the operator; nil when they can.
    public static func problem(_ path: String) -> String? { problem(path, kind: S_IFREG, word: "file") }

    /// Why this user cannot list the folder at `path`, for the operator; nil when they can.
    public static func folderProblem(_ path: String) -> String? { problem(path, kind: S_IFDIR, word: "folder") }

    private static func problem(_ path: String, kind: mode_t, word: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0, access(path, R_OK) == 0 else {
            switch errno {
            case ENOENT: return "there is no such \(word)"
            case EACCES: return "this user may not read it; check the owner and mode of it and of its folders"
            default: return String(cString: strerror(errno))
            }
        }
        guard status.st_mode & S_IFMT == kind else { return "it is not a \(kind == S_IFREG ? "regular file" : word)" }
        return nil
    }
}
