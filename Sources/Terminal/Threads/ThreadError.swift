import Glibc

/// Why a thread or a signal between threads could not be made.
public enum ThreadError: Error, CustomStringConvertible, Sendable, Equatable {
    /// The system has no thread to give (name of the thread, errno).
    case noThread(String, Int32)
    /// The process has no file descriptor left for a signal (errno).
    case noSignal(Int32)

    /// What, why and the next step, in one line.
    public var description: String {
        switch self {
        case .noThread(let name, let code):
            "thread \(name) not started: \(errorText(code)); raise TasksMax= of the service or stop other programs"
        case .noSignal(let code):
            "signal between threads not made: \(errorText(code)); raise LimitNOFILE= of the service"
        }
    }
}

/// What the C library says of an error number.
private func errorText(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 128)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
