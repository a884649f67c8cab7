import Attendance
import Foundation
import Testing

@testable import Terminal

/// A board of a terminal that is well and has marked somebody.
func healthyBoard() throws -> StatusBoard {
    let board = StatusBoard(version: "1.2.3", bootID: UUID())
    let mark = try exampleMark()
    board.update { facts in
        facts.camera.state = .ok
        facts.camera.name = "Example \"camera\""
        facts.frames.delivered = 100
        facts.frames.dropped = 3
        facts.recognition.tracks = 7
        facts.roster.people = 51
        facts.roster.cursor = "c9"
        facts.sync.state = .ok
        facts.recorded(MarkStatus(mark, name: "Grace Hopper"), latency: .milliseconds(420))
    }
    return board
}

func exampleMark() throws -> Mark {
    Mark(
        id: UUID(), person: UUID(), session: SessionID(date: try LocalDate("2026-09-01")),
        at: Instant(milliseconds: 1_788_246_000_000), status: .present, bootID: UUID(), bootTime: 5_000_000_000,
        clock: .synchronised, shots: 4, score: 0.9)
}

/// A server on a free port of loopback.
func statusServer(
    _ board: StatusBoard, address: String = "127.0.0.1", connections: Int = 256, showNames: Bool = false,
    language: KioskLanguage? = nil
) throws -> StatusServer {
    try StatusServer(
        address: address, port: 0, maximumConnections: connections, showNames: showNames, language: language,
        board: board)
}
