/// What is accepted: how often somebody may get another one's name.
public struct ErrorBudget: Sendable, Equatable {
    /// The share of walk-bys of people who are not on the roster that may be named: FPIR (ISO/IEC 19795-1).
    public var strangerNamed: Double = 0.001
    /// The share of walk-bys of people on the roster that may be taken for somebody else on it.
    public var studentForAnother: Double = 0.0001

    /// The defaults: one stranger in a thousand, one student in ten thousand.
    public init() {}

    /// A budget of these shares, each above 0 and below 1.
    /// - Parameter studentForAnother: a tenth of the first without it. Far below that it decides alone: a margin before the
    ///   second person then refuses the strangers whom the first would accept, and many of the right people.
    public init(strangerNamed: Double, studentForAnother: Double? = nil) {
        self.strangerNamed = strangerNamed
        self.studentForAnother = studentForAnother ?? strangerNamed / 10
    }
}
