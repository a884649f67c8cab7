import Attendance
import FoundationEssentials

@testable import Terminal

/// JSON with sorted keys on one line.
func canonicalJSON(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// The status of a daemon that has nothing to complain of.
func healthyStatus() -> StatusSnapshot {
    let board = StatusBoard(version: terminalVersion, bootID: UUID())
    board.update { facts in
        facts.camera.state = .ok
        facts.camera.name = "/dev/video0"
        facts.camera.format = "YUYV"
        facts.camera.width = 1280
        facts.camera.height = 720
        facts.camera.framesPerSecond = 15
        facts.roster.people = 3
        facts.roster.templates = 9
        facts.roster.cursor = "7"
        facts.sync.state = .ok
        facts.clock = .synchronised
    }
    return board.snapshot(names: true)
}

/// 2026-11-22 12:00:00 UTC.
let noon = Instant(milliseconds: 1_795_348_800_000)
