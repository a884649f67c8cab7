import Attendance
import CClock
import Glibc
import Systemd

extension ClockReading {
    /// Microseconds by which a synchronised clock may be wrong when the kernel cannot be asked.
    private static let unaskedError: Int64 = 1_000_000

    /// The terminal's clocks now, and whether the kernel says that its wall clock is synchronised.
    public static var now: ClockReading {
        var error: Int64 = 0
        var isSynchronised = false
        switch cclock_synchronised(&error) {
        case 1: isSynchronised = true
        case 0: break
        default:
            // A sandbox that protects the clock forbids to ask the kernel; systemd-timedated does it in our place.
            isSynchronised = (try? SystemClock.isSynchronised()) ?? false
            error = unaskedError
        }
        // The wall clock between two looks at the boot clock, so that a pause of the thread cannot part them by much.
        let before = nanoseconds(of: CLOCK_BOOTTIME)
        let wall = nanoseconds(of: CLOCK_REALTIME)
        let after = nanoseconds(of: CLOCK_BOOTTIME)
        return ClockReading(
            bootTime: before + (after - before) / 2, wall: Instant(milliseconds: wall / 1_000_000),
            isSynchronised: isSynchronised, uncertainty: (after - before) / 2_000_000 + error / 1000)
    }

    private static func nanoseconds(of clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
