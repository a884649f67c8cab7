import Glibc

/// Where progress is shown.
public struct ProgressOutput: Sendable {
    /// True for a screen on which one line can be written over and over.
    public var isScreen: Bool
    /// Columns of the screen.
    public var columns: @Sendable () -> Int
    /// Writes text as it is, line ends included.
    public var write: @Sendable (String) -> Void

    /// An output of the caller's making.
    public init(isScreen: Bool, columns: @escaping @Sendable () -> Int, write: @escaping @Sendable (String) -> Void) {
        self.isScreen = isScreen
        self.columns = columns
        self.write = write
    }

    /// Standard error: a screen when it is a terminal that can do more than a typewriter.
    public static var standardError: ProgressOutput {
        let kind = getenv("TERM").map { String(cString: $0) } ?? "dumb"
        return ProgressOutput(
            isScreen: isatty(STDERR_FILENO) == 1 && kind != "dumb" && kind != "",
            columns: { windowColumns(STDERR_FILENO) },
            write: { text in writeAll(text, to: STDERR_FILENO) })
    }

    /// Shows nothing.
    public static var silent: ProgressOutput {
        ProgressOutput(isScreen: false, columns: { 80 }, write: { _ in })
    }
}

private func windowColumns(_ descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
}

/// Progress is worth no failure: what cannot be written is given up.
private func writeAll(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return }
        bytes = bytes.dropFirst(count)
    }
}
