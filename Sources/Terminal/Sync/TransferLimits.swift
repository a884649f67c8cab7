/// What one request may cost.
public struct TransferLimits: Sendable, Equatable {
    /// Longest time to look up the name, connect and agree on TLS.
    public var connect: Duration
    /// Longest time of the whole request.
    public var total: Duration
    /// Bytes per second below which a transfer counts as stalled.
    public var stallRate: Int
    /// How long a transfer may be stalled; whole seconds, at least one.
    public var stallTime: Duration
    /// All header lines of a reply together, in bytes.
    public var headerBytes: Int
    /// Number of header lines of a reply.
    public var headerLines: Int

    /// The values that suit a school's network.
    public init(
        connect: Duration = .seconds(10), total: Duration = .seconds(60), stallRate: Int = 64,
        stallTime: Duration = .seconds(20), headerBytes: Int = 64 << 10, headerLines: Int = 200
    ) {
        self.connect = connect
        self.total = total
        self.stallRate = stallRate
        self.stallTime = stallTime
        self.headerBytes = headerBytes
        self.headerLines = headerLines
    }
}
