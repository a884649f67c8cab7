import Attendance
import Synchronization

/// The attendance policy as it is now; a reload of the configuration replaces it.
final class CurrentPolicy: Sendable {
    private let policy: Mutex<AttendancePolicy>

    init(_ policy: AttendancePolicy) {
        self.policy = Mutex(policy)
    }

    var value: AttendancePolicy {
        get { policy.withLock { $0 } }
        set { policy.withLock { $0 = newValue } }
    }
}
