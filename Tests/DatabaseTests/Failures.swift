import Database
import Synchronization

/// Errors of several threads.
final class Failures: Sendable {
    private let list = Mutex<[DatabaseError]>([])

    func add(_ error: DatabaseError) { list.withLock { $0.append(error) } }

    var all: [DatabaseError] { list.withLock { $0 } }
}

/// Results of several threads.
final class Collected: Sendable {
    private let list = Mutex<[[UInt8]]>([])

    func add(_ bytes: [UInt8]) { list.withLock { $0.append(bytes) } }

    var all: [[UInt8]] { list.withLock { $0 } }
}
