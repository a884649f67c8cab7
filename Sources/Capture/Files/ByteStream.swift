import Glibc

/// Bytes of a file, a pipe or standard input, read in large pieces into one buffer.
final class ByteStream {
    private let fd: Int32
    private let path: String
    private let stop: StopSignal?
    private var isOpen = true
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    private var unread = 0..<0

    /// Opens a file; `-` is standard input.
    init(path: String, stop: StopSignal?) throws(CaptureError) {
        self.path = path == "-" ? "standard input" : path
        self.stop = stop
        fd = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard fd >= 0 else { throw openingError(errno, path: self.path) }
    }

    deinit { close() }

    /// Whether the bytes come from a file that is there as a whole; a pipe may stall, and what it holds is not late.
    var isRegularFile: Bool {
        var status = stat()
        return fstat(fd, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    func close() {
        guard isOpen else { return }
        isOpen = false
        Glibc.close(fd)
    }

    /// The next line without its end, lent from the buffer; nil at the end of the file. `limit` is at most half the buffer,
    /// `position` says in an error where the line is.
    func withLine<R>(
        limit: Int, position: @autoclosure () -> String,
        _ body: (UnsafeBufferPointer<UInt8>) throws(CaptureError) -> R
    ) throws(CaptureError) -> R? {
        var length = lengthOfLine(limit)
        while length == nil {
            guard unread.count <= limit else {
                throw .badStream(file: path, position: position(), reason: "its line is longer than \(limit) bytes")
            }
            if try refill() == 0 {
                if unread.isEmpty || stop?.isRequested == true { return nil }
                throw .badStream(file: path, position: position(), reason: "the stream ends in its line")
            }
            length = lengthOfLine(limit)
        }
        guard let length else { return nil }
        let line = unread.lowerBound..<unread.lowerBound + length
        unread = line.upperBound + 1..<unread.upperBound
        return try buffer.withUnsafeBufferPointer { (all) throws(CaptureError) in
            try body(UnsafeBufferPointer(rebasing: all[line]))
        }
    }

    private func lengthOfLine(_ limit: Int) -> Int? {
        buffer.withUnsafeBytes { all in
            let bytes = UnsafeRawBufferPointer(rebasing: all[unread].prefix(limit + 1))
            guard let start = bytes.baseAddress, let end = memchr(start, 0x0A, bytes.count) else { return nil }
            return UnsafeRawPointer(end) - start
        }
    }

    /// Fills `target`; fewer bytes only at the end of the file or after a stop.
    func read(into target: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
        let buffered = min(unread.count, target.count)
        buffer.withUnsafeBytes {
            target.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: $0[unread.lowerBound..<unread.lowerBound + buffered]))
        }
        unread = unread.lowerBound + buffered..<unread.upperBound
        var filled = buffered
        while filled < target.count {
            let got = try readSome(UnsafeMutableRawBufferPointer(rebasing: target[filled...]))
            if got == 0 { break }
            filled += got
        }
        return filled
    }

    /// Passes over bytes; returns how many there were.
    func skip(_ count: Int) throws(CaptureError) -> Int {
        var skipped = 0
        while skipped < count {
            if unread.isEmpty, try refill() == 0 { break }
            let step = min(unread.count, count - skipped)
            unread = unread.lowerBound + step..<unread.upperBound
            skipped += step
        }
        return skipped
    }

    /// Moves what is unread to the front and reads more behind it.
    private func refill() throws(CaptureError) -> Int {
        let kept = unread
        return try buffer.withUnsafeMutableBufferPointer { (buffer) throws(CaptureError) in
            let all = UnsafeMutableRawBufferPointer(buffer)
            all.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[kept]))
            let got = try readSome(UnsafeMutableRawBufferPointer(rebasing: all[kept.count...]))
            unread = 0..<kept.count + got
            return got
        }
    }

    private func readSome(_ target: UnsafeMutableRawBufferPointer) throws(CaptureError) -> Int {
        while isOpen {
            // A pipe may be silent for ever; a stop must end the wait. Hanging up is for read() to report.
            if waitUntilReadable(fd, for: nil, or: stop) == .stopped { return 0 }
            let got = Glibc.read(fd, target.baseAddress, target.count)
            if got >= 0 { return got }
            if errno != EINTR && errno != EAGAIN {
                throw .io(operation: "read", path: path, reason: systemReason(errno))
            }
        }
        return 0
    }
}
