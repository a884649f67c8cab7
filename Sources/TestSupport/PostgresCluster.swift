import Foundation
import Glibc
import Synchronization

/// A PostgreSQL server of the tests' own, in a temporary folder, reached by a socket there. It ends, and its folder goes,
/// when this object does or when the process of the tests ends, however it ends: the shell that started the server reads a
/// pipe, and the kernel closes the pipe's other end.
public final class PostgresCluster: Sendable {
    /// The folder with the socket.
    public let folder: String
    private let commands: FileHandle
    private let keeper: Mutex<Process>

    /// The user that owns everything there.
    public static let user = "rollcall"

    /// The server that most tests share, each with databases of its own. It starts with its first use.
    public static let shared = Result { try PostgresCluster() }

    /// Makes the files of a new server and starts it.
    public init() throws {
        // A socket's path has at most 107 bytes, so not in a TMPDIR that may be long.
        var template = Array("/tmp/rollcall-pg-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw FixtureError("no folder for PostgreSQL in /tmp: error \(errno)") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let pipe = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-c", Self.script, "postgres-of-the-tests", folder, try Self.programs()]
        process.standardInput = pipe.fileHandleForReading
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        commands = pipe.fileHandleForWriting
        keeper = Mutex(process)
        try wait { $0 == .ready }
    }

    deinit {
        try? commands.close()
        keeper.withLock { $0.waitUntilExit() }
    }

    /// The address of a database of this server.
    public func url(_ database: String) -> String {
        "postgres://\(Self.user)@/\(database)?host=\(folder.replacing("/", with: "%2F"))"
    }

    /// Ends the server; its data stays.
    public func stop() throws {
        try commands.write(contentsOf: Data("stop\n".utf8))
        try wait { $0 == .absent }
    }

    /// Starts the server again.
    public func start() throws {
        try commands.write(contentsOf: Data("start\n".utf8))
        try wait { $0 == .ready }
    }

    private enum State { case absent, starting, ready }

    /// What the server's own file says of it.
    private var state: State {
        guard let text = try? String(contentsOfFile: "\(folder)/data/postmaster.pid", encoding: .utf8) else {
            return .absent
        }
        return text.split(separator: "\n").last?.hasPrefix("ready") == true ? .ready : .starting
    }

    private func wait(until condition: (State) -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(180)
        while !condition(state) {
            guard ContinuousClock.now < deadline, keeper.withLock({ $0.isRunning }) else {
                let log = (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "no log"
                throw FixtureError("PostgreSQL does not start or stop: \(log.suffix(2000))")
            }
            usleep(20_000)
        }
    }

    /// The folder of the newest server programs, where Debian puts them.
    private static func programs() throws -> String {
        let root = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap { Int($0) }
        guard let newest = versions.max() else {
            throw FixtureError("\(root): PostgreSQL is not installed; run `make setup`")
        }
        return "\(root)/\(newest)/bin"
    }

    /// PostgreSQL refuses to run as root. Nothing here survives the tests, so nothing has to reach the disk.
    private static let script = #"""
        set -eu
        trap '' INT TERM HUP
        folder=$1 programs=$2
        cd "$folder"
        exec >log 2>&1
        unprivileged=()
        if [ "$(id -u)" -eq 0 ]; then
            chown nobody:nogroup "$folder"
            unprivileged=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
            # Some machine's /dev/null is root's alone, and initdb needs one: it gets its own.
            if ! "${unprivileged[@]}" sh -c ': >/dev/null'; then
                mknod -m 666 null c 1 3
                own='mount --bind null /dev/null; exec "$@"'
                unprivileged=(unshare --mount sh -c "$own" sh "${unprivileged[@]}")
            fi
        fi
        server=
        start() {
            "${unprivileged[@]}" "$programs/postgres" -D "$folder/data" -c fsync=off -c synchronous_commit=on \
                -c full_page_writes=off -c listen_addresses= -c unix_socket_directories="$folder" \
                -c max_connections=400 -c shared_buffers=64MB -c autovacuum=off \
                -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=512MB </dev/null &
            server=$!
        }
        stop() {
            kill "-$1" "$server" 2>/dev/null || true
            wait "$server" || true
        }
        trap 'stop QUIT; cd /; rm -rf "$folder"' EXIT
        "${unprivileged[@]}" "$programs/initdb" --pgdata="$folder/data" --username=rollcall --auth=trust --no-sync \
            --encoding=UTF8 --locale=C.UTF-8 </dev/null
        start
        while read -r word; do
            case $word in
                stop) stop INT ;;
                start) start ;;
            esac
        done
        """#
}
