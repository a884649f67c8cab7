import Attendance
import FoundationEssentials
import SyncProtocol

extension StatusBoard {
    /// The terminal's health as the server is told it.
    func heartbeat(boot: UUID) -> Heartbeat {
        let now = snapshot(names: false)
        func line(_ text: String) -> String {
            var short = text
            while short.utf8.count > Heartbeat.maximumLineBytes { short.removeLast() }
            return short
        }
        return Heartbeat(
            version: now.version, bootID: boot, uptimeSeconds: Int64(now.uptimeSeconds),
            camera: line(now.camera.state == .ok ? "running" : now.camera.reason ?? now.camera.state.rawValue),
            framesDelivered: Int64(clamping: now.frames.delivered), framesDropped: Int64(clamping: now.frames.dropped),
            rosterCursor: now.roster.cursor, rosterPeople: now.roster.people, outboxDepth: now.outbox.depth,
            outboxOldestSeconds: now.outbox.oldestSeconds.map { Int64($0) }, outboxRejected: now.outbox.rejected,
            outboxWalkBys: now.outbox.walkBys, outboxAlarm: now.outbox.alarm.map(line), clock: now.clock,
            memoryBytes: now.memory.residentBytes, time: ClockReading.wallNow.clamped)
    }
}
