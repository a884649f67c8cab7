/// What has come of one reply so far, and its bounds. libcurl calls it on the thread of the transfer.
final class Reception {
    private let limits: TransferLimits
    private let bodyLimit: Int
    private let isCancelled: () -> Bool
    private var headerBytes = 0
    private var headerLines = 0

    /// The header fields of the last header block, which is the final one: interim (1xx) replies come before it.
    private(set) var fields = HeaderFields()
    private(set) var body: [UInt8] = []
    /// Why the rest of the reply was refused.
    private(set) var failure: SyncError?

    init(limits: TransferLimits, bodyLimit: Int, isCancelled: @escaping () -> Bool) {
        self.limits = limits
        self.bodyLimit = bodyLimit
        self.isCancelled = isCancelled
    }

    /// A piece of the body. Memory grows with what has come, never with what a header promises.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard !isCancelled() else { return refuse(.cancelled) }
        guard body.count + bytes.count <= bodyLimit else {
            body = []
            return refuse(.tooLarge("body of more than \(bodyLimit) bytes"))
        }
        body.append(contentsOf: bytes)
        return true
    }

    /// A header line, a status line, or a line of the trailer.
    func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        guard !isCancelled() else { return refuse(.cancelled) }
        headerBytes += line.count
        headerLines += 1
        guard headerBytes <= limits.headerBytes, headerLines <= limits.headerLines else {
            return refuse(
                .tooLarge("headers of more than \(limits.headerBytes) bytes or \(limits.headerLines) lines"))
        }
        if line.starts(with: "HTTP/".utf8) { fields = HeaderFields() }
        fields.take(line)
        return true
    }

    /// Hands the body over; the reception is done with.
    func finish() -> [UInt8] {
        defer { body = [] }
        return body
    }

    private func refuse(_ error: SyncError) -> Bool {
        failure = error
        return false
    }
}
