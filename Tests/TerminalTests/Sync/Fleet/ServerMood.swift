import Attendance
import SyncProtocol

@testable import Terminal

/// What a simulated server does with every request.
enum ServerMood: String, CaseIterable, Sendable {
    case well
    /// The machine is up, the server is not.
    case refusesConnections
    /// The network swallows everything.
    case swallowsPackets
    case fails
    /// 503 with the same Retry-After for everybody.
    case asksForPatience
    /// 503 with a Retry-After that ends for everybody at the moment at which the server is back.
    case namesItsReturn
    /// Takes the request, and does not answer.
    case stalls
    /// Answers too slowly to ever end.
    case trickles
    /// Answers with something else.
    case lies

    static let bad = allCases.filter { $0 != .well }

    /// What `asksForPatience` asks for.
    static let patience = Duration.seconds(120)

    /// How a request ends that is made at `now`, and after how long.
    /// - Parameter back: when the server is well again.
    func answer(at now: Duration, back: Duration) -> (error: SyncError?, after: Duration) {
        let limits = TransferLimits()
        switch self {
        case .well: return (nil, .milliseconds(50))
        case .refusesConnections: return (.notReachable("refused"), .milliseconds(1))
        case .swallowsPackets: return (.timedOut("connecting"), limits.connect)
        case .fails: return (.serverError(500, retryAfter: nil, nil), .milliseconds(50))
        case .asksForPatience: return (.serverError(503, retryAfter: Self.patience, nil), .milliseconds(50))
        case .namesItsReturn: return (.serverError(503, retryAfter: back - now, nil), .milliseconds(50))
        case .stalls: return (.timedOut("stalled"), limits.stallTime)
        case .trickles: return (.timedOut("too long"), limits.total)
        case .lies: return (.badReply("no JSON"), .milliseconds(50))
        }
    }

    /// True when a server that does not answer well has stored the marks of the request all the same.
    var storesMarks: Bool { self == .well || self == .trickles || self == .lies }

    /// The longest that a terminal waits after its last failure.
    var longestWait: Duration {
        let backoff = Backoff()
        return self == .asksForPatience ? Self.patience + backoff.cap : backoff.cap
    }
}
