import Attendance
import FoundationEssentials
import SyncProtocol

@testable import Terminal

/// What the outbox should hold, kept in an array.
struct OutboxModel: Equatable {
    private(set) var rows: [OutboxMark] = []
    private(set) var inFlight: Set<UUID> = []
    /// The terminal's wall clock.
    var now = Instant.monday

    mutating func record(_ mark: Mark) -> RecordResult {
        if rows.contains(where: { $0.mark.id == mark.id }) { return .recorded }
        if let other = place(mark) { return .alreadyMarked(other) }
        rows.append(OutboxMark(mark: mark, state: .pending, reason: nil, recordedAt: now, answeredAt: nil))
        return .recorded
    }

    mutating func batch(
        limit: Int, boot: UUID, bootTime: Int64, hold: Int64 = Outbox.standardHold
    ) -> [Mark] {
        let ready = rows.filter {
            $0.state == .pending
                && ($0.mark.clock != .unknown || $0.mark.bootID != boot || bootTime - $0.mark.bootTime >= hold)
        }
        let marks = ready.prefix(limit).map(\.mark)
        inFlight = Set(marks.map(\.id))
        return marks
    }

    mutating func acknowledge(_ results: [MarkResult]) -> AcknowledgeSummary {
        var summary = AcknowledgeSummary()
        for result in results {
            guard inFlight.remove(result.id) != nil, let index = rows.firstIndex(where: { $0.mark.id == result.id })
            else {
                summary.unknown += 1
                continue
            }
            let isRejected = result.result == .rejected
            settle(index, as: isRejected ? .rejected : .acknowledged, reason: isRejected ? result.reason : nil)
            if isRejected { summary.rejected += 1 } else { summary.acknowledged += 1 }
        }
        inFlight = []
        return summary
    }

    mutating func resolve(boot: UUID, _ resolution: (Mark) -> TimeResolution) -> Int {
        let waiting = rows.map(\.mark).filter { mark in
            mark.clock == .unknown && mark.bootID == boot && !inFlight.contains(mark.id)
                && rows.contains { $0.mark.id == mark.id && $0.state == .pending }
        }
        var count = 0
        for mark in waiting.sorted(by: { $0.bootTime < $1.bootTime }) {
            guard let index = rows.firstIndex(where: { $0.mark.id == mark.id }) else { continue }
            switch resolution(mark) {
            case .unchanged: continue
            case .resolved(let resolved):
                let state: MarkState = place(resolved) == nil ? .pending : .superseded
                rows[index] = rows[index].changed(mark: resolved, state: state)
            case .noSchool(let moment):
                settle(index, as: .rejected, reason: "seen at \(moment), on a day without school")
            }
            count += 1
        }
        return count
    }

    mutating func prune(before moment: Instant, today: SessionID) -> Int {
        let count = rows.count
        rows.removeAll { row in
            (row.state == .acknowledged || row.state == .superseded)
                && (row.answeredAt ?? row.recordedAt) < moment && row.mark.session < today
        }
        return count - rows.count
    }

    /// The program has started again.
    mutating func restart() { inFlight = [] }

    /// Who stays instead of the mark, or nil after the others have yielded.
    private mutating func place(_ mark: Mark) -> UUID? {
        let key = mark.key
        let others = rows.indices.filter {
            // The key, which holds the person, is slow to make.
            rows[$0].mark.person == mark.person && rows[$0].mark.id != mark.id
                && (rows[$0].state == .pending || rows[$0].state == .acknowledged) && rows[$0].mark.key == key
        }
        if let first = others.first(where: { rows[$0].mark.at <= mark.at }) { return rows[first].mark.id }
        for index in others where rows[index].state == .pending {
            rows[index] = rows[index].changed(state: .superseded)
        }
        return nil
    }

    private mutating func settle(_ index: Int, as state: MarkState, reason: String?) {
        let row = rows[index]
        rows[index] = OutboxMark(
            mark: row.mark, state: state, reason: reason, recordedAt: row.recordedAt, answeredAt: now)
    }
}

extension OutboxMark {
    fileprivate func changed(mark: Mark? = nil, state: MarkState) -> OutboxMark {
        OutboxMark(
            mark: mark ?? self.mark, state: state, reason: reason, recordedAt: recordedAt, answeredAt: answeredAt)
    }
}
