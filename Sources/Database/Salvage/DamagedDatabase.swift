import Glibc

/// A row that was found in a damaged file.
public struct SalvagedRow: Sendable, Equatable {
    /// Its number within its table.
    public let number: Int64
    /// Its values in the order of the columns. An INTEGER PRIMARY KEY is NULL here: its value is `number`.
    public let values: [SQLValue]
}

/// Reads rows out of a damaged SQLite file without SQLite: every page that looks like a table's leaf is taken on its own,
/// so that no damaged root, schema, header or index hides the rest.
///
/// A row that was deleted is not found, for `secure_delete` overwrites it, unless the log alone says so: the log may be the
/// damaged part. A row longer than a page is not found.
public enum DamagedDatabase {
    private static let defaultPageSize = 4096

    /// Rows with this many columns, in the order in which they lie in the file and then in its log, so that a newer
    /// version of a row comes after the older one. Reads around blocks that the disk cannot give back. Whoever takes the
    /// rows checks every value: bytes may have changed within a row.
    public static func rows(of path: String, columns: Int, _ body: (SalvagedRow) -> Void) {
        let pageSize = pageSize(of: path)
        if let file = RawFile(path) {
            for index in 0..<(file.size + pageSize - 1) / pageSize {
                guard let bytes = file.read(at: index * pageSize, count: pageSize) else { continue }
                report(LeafPage(bytes: bytes, isFirst: index == 0), columns, body)
            }
        }
        guard let log = RawFile("\(path)-wal") else { return }
        for frame in WriteAheadLog(log, pageSize: pageSize).committedFrames {
            guard let bytes = log.read(at: frame.offset, count: pageSize) else { continue }
            report(LeafPage(bytes: bytes, isFirst: frame.page == 1), columns, body)
        }
    }

    private static func report(_ page: LeafPage, _ columns: Int, _ body: (SalvagedRow) -> Void) {
        for row in page.rows where row.values.count == columns { body(row) }
    }

    /// From the file's header, or the log's, or what this program uses.
    private static func pageSize(of path: String) -> Int {
        let header = RawFile(path)?.read(at: 16, count: 2) ?? []
        let logged = RawFile("\(path)-wal")?.read(at: 10, count: 2) ?? []
        let sizes = [header, logged].map { bytes in bytes.reduce(0) { $0 << 8 | Int($1) } }
        return sizes.first { size in size >= 512 && size & (size - 1) == 0 } ?? defaultPageSize
    }
}

/// The frames of a write-ahead log that belong to finished transactions.
private struct WriteAheadLog {
    struct Frame {
        let page: Int
        /// Where its bytes begin in the log.
        let offset: Int
    }

    private static let headerSize = 32
    private static let frameHeaderSize = 24

    /// A log is written again from its beginning, with other salts: what does not have those of the first frame is old.
    let committedFrames: [Frame]

    init(_ log: borrowing RawFile, pageSize: Int) {
        var frames: [Frame] = []
        var committed = 0
        var salts: ArraySlice<UInt8> = []
        var offset = Self.headerSize
        while let header = log.read(at: offset, count: Self.frameHeaderSize), header.count == Self.frameHeaderSize {
            if salts.isEmpty { salts = header[8..<16] }
            guard header[8..<16].elementsEqual(salts) else { break }
            frames.append(Frame(page: number(header[0..<4]), offset: offset + Self.frameHeaderSize))
            if number(header[4..<8]) > 0 { committed = frames.count }
            offset += Self.frameHeaderSize + pageSize
        }
        committedFrames = Array(frames.prefix(committed))

        func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
    }
}

/// A file read by position.
private struct RawFile: ~Copyable {
    private let descriptor: Int32
    let size: Int

    init?(_ path: String) {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard opened >= 0 else { return nil }
        guard fstat(opened, &status) == 0 else {
            close(opened)
            return nil
        }
        descriptor = opened
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// At most `count` bytes, fewer at the end of the file, nil when the disk cannot give them back or there are none.
    func read(at offset: Int, count: Int) -> [UInt8]? {
        guard offset < size else { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        let found = pread(descriptor, &bytes, count, off_t(offset))
        return found > 0 ? Array(bytes.prefix(found)) : nil
    }
}
