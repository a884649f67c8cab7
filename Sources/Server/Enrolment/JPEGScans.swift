/// How many scans a JPEG has. Each costs a pass over all pixels, however few bytes it has: a progressive picture of a camera
/// or a program has about ten, and one that was made to keep this machine busy has hundreds.
enum JPEGScans {
    /// More than any program writes.
    static let most = 32

    /// Counts up to the end of the picture; what is behind it, as the film of a telephone, is nobody's business. It goes from
    /// marker to marker as libjpeg does, which takes whatever lies between two of them for the end of the first.
    static func count(in bytes: [UInt8]) -> Int {
        var (index, scans) = (0, 0)
        while let marker = nextMarker(bytes, from: &index) {
            switch marker {
            case 0xD9: return scans
            // The beginning of the picture, restarts within a scan, and one without meaning have no length.
            case 0x01, 0xD0...0xD8: continue
            default: break
            }
            if marker == 0xDA { scans += 1 }
            guard index + 2 <= bytes.count else { return scans }
            index += max(2, Int(bytes[index]) << 8 | Int(bytes[index + 1]))
        }
        return scans
    }

    /// The code of the next marker, and the index behind it. An 0xFF of the picture itself is followed by a zero.
    private static func nextMarker(_ bytes: [UInt8], from index: inout Int) -> UInt8? {
        while index + 1 < bytes.count {
            index += 1
            guard bytes[index - 1] == 0xFF, bytes[index] != 0, bytes[index] != 0xFF else { continue }
            index += 1
            return bytes[index - 1]
        }
        return nil
    }
}
