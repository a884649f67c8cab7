import CCurl

/// One letter on its way to the mail server: what libcurl asks for, and what the server answers.
final class SMTPTransmission {
    private let bytes: [UInt8]
    private let handOver: () -> Bool
    private let isStopped: () -> Bool
    private var given = 0

    /// Whether the end of the letter was given away. Before, no server can have taken it; after, only its reply tells.
    private(set) var isHandedOver = false
    /// Whether the caller refused to have the letter handed over.
    private(set) var wasHeldBack = false
    /// The last reply, with its code and its words; nil before the first one.
    private(set) var reply: (code: Int, words: String)?
    /// Whether that reply came after the letter was handed over.
    private(set) var isAnswered = false

    /// - Parameter handOver: called once, before the end of the letter is given away; false keeps it back.
    init(_ bytes: [UInt8], isStopped: @escaping () -> Bool, handOver: @escaping () -> Bool) {
        self.bytes = bytes
        self.isStopped = isStopped
        self.handOver = handOver
    }

    /// Fills a buffer with the next piece.
    /// - Returns: how many bytes, 0 at the end, or libcurl's word for ending the transfer.
    func give(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let piece = bytes[given...].prefix(buffer.count)
        if !isHandedOver, given + piece.count == bytes.count {
            guard handOver() else {
                wasHeldBack = true
                return Int(CURL_READFUNC_ABORT)
            }
            isHandedOver = true
        }
        buffer.copyBytes(from: piece)
        given += piece.count
        return piece.count
    }

    /// Takes one line of the server's replies.
    func take(line: UnsafeRawBufferPointer) {
        let text = String(decoding: line.prefix(512), as: UTF8.self)
        // The farewell (221) follows a refusal and says nothing of it.
        guard let code = Int(text.prefix(3)), code != 221 else { return }
        reply = (code, MailError.clean(text.dropFirst(4)))
        isAnswered = isHandedOver
    }

    /// Whether the transfer has to end now. Once the letter is handed over it is better to wait for the reply.
    var isCancelled: Bool { !isHandedOver && isStopped() }
}
