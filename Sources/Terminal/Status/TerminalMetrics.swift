import Attendance

/// The body of `/metrics`.
func metrics(_ status: StatusSnapshot, latency: LatencyRecord) -> String {
    var out = MetricsText()
    out.split("build_info", .gauge, "The version that runs.", by: "version", [(status.version, 1)])
    out.single("uptime_seconds", .gauge, "Time since the daemon started.", status.uptimeSeconds)
    out.single("problems", .gauge, "Reasons why the terminal cannot do its work.", Double(status.problems.count))
    out.single("memory_resident_bytes", .gauge, "RAM in use by the daemon.", Double(status.memory.residentBytes))

    out.split(
        "camera_state", .gauge, "1 for the state that the camera is in.", by: "state",
        CameraStatus.State.allCases.map { ($0.rawValue, $0 == status.camera.state ? 1 : 0) })
    out.split(
        "frames_total", .counter,
        "Frames handed on, passed over while nothing moved, dropped for a newer one, or skipped as damaged.",
        by: "fate",
        [
            ("delivered", Double(status.frames.delivered)), ("passed_over", Double(status.frames.passedOver)),
            ("dropped", Double(status.frames.dropped)), ("skipped", Double(status.frames.skipped)),
        ])

    let recognition = status.recognition
    out.single("faces_total", .counter, "Faces detected.", Double(recognition.faces))
    out.single("tracks_total", .counter, "Faces followed through frames.", Double(recognition.tracks))
    out.single("descriptors_total", .counter, "Descriptors computed.", Double(recognition.descriptors))
    out.split(
        "decisions_total", .counter, "Decisions on tracks.", by: "decision",
        [
            ("identified", Double(recognition.identified)), ("unknown", Double(recognition.unknown)),
            ("unsure", Double(recognition.unsure - recognition.suspicious)),
            ("suspicious", Double(recognition.suspicious)),
        ])
    out.histogram("frame_to_mark_seconds", "From a face's first good frame to its durable mark.", latency)

    out.single("outbox_marks", .gauge, "Marks that wait for the server.", Double(status.outbox.depth))
    out.single("outbox_oldest_seconds", .gauge, "Age of the oldest mark that waits.", status.outbox.oldestSeconds)
    out.single("outbox_rejected_marks", .gauge, "Marks that the server rejected.", Double(status.outbox.rejected))
    out.single(
        "outbox_walk_bys", .gauge, "Unsure walk-bys that wait for the server.", status.outbox.walkBys.map(Double.init))
    out.single(
        "outbox_alarm", .gauge, "1 while the outbox is damaged or its disk is full.", status.outbox.alarm == nil ? 0 : 1
    )
    out.split(
        "sync_state", .gauge, "1 for the outcome of the last exchange with the server.", by: "state",
        SyncStatus.State.allCases.map { ($0.rawValue, $0 == status.sync.state ? 1 : 0) })
    out.single(
        "sync_last_success_seconds", .gauge, "Time since the server was last spoken to.", status.sync.lastSuccessSeconds
    )
    out.single("roster_people", .gauge, "People who may be recognised.", Double(status.roster.people))
    out.split(
        "clock_trust", .gauge, "1 for how the wall clock is known.", by: "trust",
        ClockTrust.allCases.map { ($0.rawValue, $0 == status.clock ? 1 : 0) })
    return out.text
}
