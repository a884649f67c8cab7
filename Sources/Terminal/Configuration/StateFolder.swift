import Glibc

/// The folder of the outbox and the roster, as the start needs it.
struct StateFolder {
    let path: String
    /// What `access` says of a path and a mode: 0, or the error's number.
    var access: (String, Int32) -> Int32 = { Glibc.access($0, $1) == 0 ? 0 : errno }
    var user = PathFacts.thisUser

    /// Why the terminal cannot work in it.
    struct Problem: Equatable {
        /// What is wrong, and the next step.
        let text: String
        /// Somebody must mend it. False for a file system that is read-only, as it may be for a while.
        var isLasting = true
    }

    /// The files whose owner may be another: who starts the daemon by hand once, as root, makes them root's.
    static let files = ["outbox.db", "outbox.db-wal", "roster.db", "roster.db-wal"]

    init(_ path: String) { self.path = path }

    /// Looks, and makes nothing. Nil when the start can make or use it.
    var problem: Problem? {
        let facts = PathFacts(of: path)
        switch facts.kind {
        case .missing: return problemOfParent
        case .hidden(let reason):
            return Problem(
                text: "\(path) is hidden from \(user) (\(reason)); check the owner and mode of the folders above")
        case .file, .device, .other:
            return Problem(text: "\(path) is not a folder; correct it, or remove what is there")
        case .folder: break
        }
        let next = "run: chown -R USER \(path), USER being the daemon's"
        if let problem = refusal(facts, R_OK | W_OK | X_OK, to: "write into it", next) { return problem }
        for name in Self.files {
            let file = PathFacts(of: "\(path)/\(name)")
            if file.kind == .missing { continue }
            if let problem = refusal(file, R_OK | W_OK, to: "write it", next) { return problem }
        }
        return nil
    }

    /// Makes it, closed to others, where there is none.
    func make() -> Problem? {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return nil }
        let code = errno
        return Problem(
            text: "\(path) cannot be made (\(Self.words(code))); \(installation)", isLasting: code != EROFS)
    }

    private var problemOfParent: Problem? {
        let trimmed = path.count > 1 && path.hasSuffix("/") ? path.dropLast() : path[...]
        let parent = trimmed.lastIndex(of: "/").map { $0 == trimmed.startIndex ? "/" : String(trimmed[..<$0]) } ?? "."
        let facts = PathFacts(of: parent)
        guard facts.kind == .folder else {
            return Problem(text: "\(path) cannot be made: there is no folder \(parent); \(installation)")
        }
        return refusal(facts, W_OK | X_OK, to: "make \(path) there", installation)
    }

    private var installation: String { "make it: install -d -m 0700 -o USER \(path), USER being the daemon's" }

    private func refusal(_ facts: PathFacts, _ mode: Int32, to what: String, _ next: String) -> Problem? {
        let code = access(facts.path, mode)
        guard code != 0 else { return nil }
        if code == EROFS {
            return Problem(
                text: "the file system of \(facts.path) is read-only; see why: dmesg | tail", isLasting: false)
        }
        return Problem(
            text: "\(facts.path), of \(facts.owner), mode \(facts.modeText): \(user) may not \(what) "
                + "(\(Self.words(code))); \(next)")
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
