import Glibc

/// The bytes of a regular file of at most 1 MiB. Opened without blocking, so that a pipe in its place hangs nobody.
func readFile(_ path: String) throws(ConfigurationError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(file: path, reason: reason(errno)) }
    defer { close(descriptor) }

    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(file: path, reason: reason(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else {
        throw .unreadable(file: path, reason: "not a regular file; name a TOML file")
    }
    let limit = Int(tomlLimits.bytes)
    guard status.st_size <= limit else {
        throw .malformed(
            file: path, line: 1, column: 1, reason: "the file is larger than \(limit) bytes, the most that is read")
    }

    // One byte more than the limit: a file that grows meanwhile is refused by the parser.
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var filled = 0
    while filled < bytes.count {
        let count = bytes.withUnsafeMutableBytes {
            read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
        }
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw .unreadable(file: path, reason: reason(errno)) }
        if count == 0 { break }
        filled += count
    }
    return Array(bytes[..<filled])
}

private func reason(_ code: CInt) -> String {
    switch code {
    case ENOENT: "no such file; create it or name another with --config"
    case EACCES: "no permission to read it; check its owner and mode"
    case EISDIR: "a folder; name a TOML file"
    default: String(cString: strerror(code))
    }
}
