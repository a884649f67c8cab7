import Attendance
import CClock
import Glibc
import Systemd

extension ClockReading {
    /// Microseconds by which a synchronised clock may be wrong when the kernel cannot be asked.
    private static let unaskedError: Int64 = 1_000_000

    /// The terminal's clocks now, and whether the kernel says that its wall clock is synchronised.
    public static var now: ClockReading { read().reading }

    /// What the wall clock shows, synchronised or not.
    static var wallNow: Instant { Instant(milliseconds: nanoseconds(of: CLOCK_REALTIME) / 1_000_000) }

    /// The terminal's clocks, and why it is not to be had whether the wall clock is synchronised; nil where it is.
    static func read() -> (reading: ClockReading, trouble: SystemdError?) {
        var error: Int64 = 0
        var isSynchronised = false
        var trouble: SystemdError?
        switch cclock_synchronised(&error) {
        case 1: isSynchronised = true
        case 0: break
        default:
            // A sandbox that protects the clock forbids to ask the kernel; systemd-timedated does it in our place.
            do throws(SystemdError) { isSynchronised = try SystemClock.isSynchronised() } catch { trouble = error }
            error = unaskedError
        }
        // The wall clock between two looks at the boot clock, so that a pause of the thread cannot part them by much.
        let before = nanoseconds(of: CLOCK_BOOTTIME)
        let wall = nanoseconds(of: CLOCK_REALTIME)
        let after = nanoseconds(of: CLOCK_BOOTTIME)
        let reading = ClockReading(
            bootTime: before + (after - before) / 2, wall: Instant(milliseconds: wall / 1_000_000),
            isSynchronised: isSynchronised, uncertainty: (after - before) / 2_000_000 + error / 1000)
        return (reading, trouble)
    }

    private static func nanoseconds(of clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
