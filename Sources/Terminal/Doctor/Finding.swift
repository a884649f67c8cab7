/// How a check ended; the worse comes last.
public enum Verdict: String, Sendable, Codable, CaseIterable, Comparable {
    case ok, warning, failed

    /// The better comes first.
    public static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

    private var rank: Int { Verdict.allCases.firstIndex(of: self) ?? 0 }
}

/// What one check found, and what to do about it.
public struct Finding: Sendable, Equatable {
    /// What was checked, in one to three words.
    public let name: String
    /// How it ended.
    public let verdict: Verdict
    /// What was found, in one line.
    public let found: String
    /// What the operator does next; nil only when all is well.
    public let nextStep: String?

    static func ok(_ name: String, _ found: String) -> Finding {
        Finding(name: name, verdict: .ok, found: found, nextStep: nil)
    }

    static func warning(_ name: String, _ found: String, next: String) -> Finding {
        Finding(name: name, verdict: .warning, found: found, nextStep: next)
    }

    static func failed(_ name: String, _ found: String, next: String) -> Finding {
        Finding(name: name, verdict: .failed, found: found, nextStep: next)
    }
}
