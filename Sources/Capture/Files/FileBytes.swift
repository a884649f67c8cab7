import Glibc

/// What the system says about an errno.
func systemReason(_ number: Int32) -> String { String(cString: strerror(number)) }

/// Why a file or a folder could not be opened.
func openingError(_ number: Int32, path: String, isFolder: Bool = false) -> CaptureError {
    switch number {
    case ENOENT: .missing(path: path, isFolder: isFolder)
    case EACCES: .noPermission(path: path, group: nil)
    default: .io(operation: isFolder ? "open the folder" : "open", path: path, reason: systemReason(number))
    }
}

/// A whole file in memory, refused before it is read when it is larger than `limit` bytes.
func readWholeFile(_ path: String, limit: Int) throws(CaptureError) -> [UInt8] {
    let fd = open(path, O_RDONLY | O_CLOEXEC)
    guard fd >= 0 else {
        throw openingError(errno, path: path)
    }
    defer { Glibc.close(fd) }
    var status = stat()
    guard fstat(fd, &status) == 0 else { throw .io(operation: "inspect", path: path, reason: systemReason(errno)) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .isFolder(path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .badImage(file: path, reason: "it is not a regular file") }
    guard status.st_size <= limit else {
        throw .imageTooLarge(file: path, reason: "\(status.st_size) bytes, and at most \(limit) are read")
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
        let got = bytes.withUnsafeMutableBytes { read(fd, $0.baseAddress.map { $0 + filled }, $0.count - filled) }
        if got < 0 && errno == EINTR { continue }
        guard got >= 0 else { throw .io(operation: "read", path: path, reason: systemReason(errno)) }
        if got == 0 { break }
        filled += got
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
}

/// The names in a folder, in no order.
func namesInFolder(_ path: String) throws(CaptureError) -> [String] {
    guard let directory = opendir(path) else {
        throw openingError(errno, path: path, isFolder: true)
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        names.append(
            withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            })
    }
    return names
}
