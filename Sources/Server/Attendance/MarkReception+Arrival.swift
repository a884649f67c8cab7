import Attendance
import FoundationEssentials
import SyncProtocol

extension MarkReception {
    /// One mark that has come.
    struct Arrival {
        let id: UUID
        let source: MarkSource
        /// In the session that its time has by the server's policy: the terminal may have followed an older one.
        /// nil for what is no mark.
        let mark: Mark?
        /// Why it can never be accepted, whomever it is about.
        let refusal: String?

        init(_ received: ReceivedMark, from source: MarkSource, by policy: SchoolPolicy, now: Instant) {
            self.source = source
            switch received {
            case .invalid(let id, let reason): (self.id, mark, refusal) = (id, nil, reason)
            case .valid(var filed):
                refusal = Self.refusal(of: filed, now: now)
                if filed.clock.isKnown { filed.session = policy.session(at: filed.at) }
                (id, mark) = (filed.id, filed)
            }
        }

        /// Why a mark can never be accepted, whomever it is about; nil for a good one.
        private static func refusal(of mark: Mark, now: Instant) -> String? {
            refusal(of: mark.at, in: mark.session, clock: mark.clock, now: now)
        }

        /// Why something that was seen at a time can never be accepted; nil for a good time.
        static func refusal(of at: Instant, in session: SessionID, clock: ClockTrust, now: Instant) -> String? {
            guard clock.isKnown else { return nil }
            // A server whose own clock was never set says nothing about the future.
            if Instant.plausible ~= now, at > now.advanced(byMilliseconds: MarkStore.furthestAhead) {
                return "the time \(at) is in the far future; check the clocks of the terminal and the server"
            }
            let day = Int(at.seconds / 86_400)
            guard abs(session.date.daysSince1970 - day) <= 1 else {
                return "the session \(session) is not the day of the time \(at)"
            }
            return nil
        }
    }
}
