import Foundation
import Testing

@testable import Server

/// Pictures that want to do harm.
enum HostilePictures {
    /// A real JPEG whose header claims another size.
    static func jpeg(claiming size: UInt16) throws -> [UInt8] {
        var bytes = try Portrait.ramp()
        let frame = [0xFF, 0xC0] as [UInt8]
        let at = try #require(bytes.indices.first { bytes[$0...].starts(with: frame) })
        for offset in [5, 7] {
            bytes[at + offset] = UInt8(size >> 8)
            bytes[at + offset + 1] = UInt8(size & 0xFF)
        }
        return bytes
    }

    /// A good progressive JPEG with so many scans, up to 64: each of them adds one of the 64 frequencies.
    static func jpeg(side: UInt16, scans: Int) -> [UInt8] {
        func segment(_ marker: UInt8, _ data: [UInt8]) -> [UInt8] {
            let length = data.count + 2
            return [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + data
        }
        let size = [UInt8(side >> 8), UInt8(side & 0xFF)]
        // Two codes of one bit, both 0: no difference of a mean value, and an empty block.
        func codes(_ table: UInt8) -> [UInt8] { segment(0xC4, [table, 1] + [UInt8](repeating: 0, count: 16)) }
        let head =
            [0xFF, 0xD8] + segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
            + segment(0xC2, [8] + size + size + [1, 1, 0x11, 0]) + codes(0x00) + codes(0x10)
        let blocks = Int(side / 8) * Int(side / 8)
        let zeros = [UInt8](repeating: 0, count: blocks / 8) + (blocks % 8 > 0 ? [0xFF >> UInt8(blocks % 8)] : [])
        let passes = (0..<scans).map { UInt8($0) }.map { segment(0xDA, [1, 1, 0, $0, $0, 0]) + zeros }
        return head + passes.joined() + [0xFF, 0xD9]
    }

    /// A PNG of a few bytes whose header claims so many pixels a side.
    static func png(claiming size: UInt32) -> [UInt8] {
        let side = withUnsafeBytes(of: size.bigEndian) { Array($0) }
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", side + side + [1, 0, 0, 0, 0])
            + chunk("IDAT", [0x78, 0x9C, 0x63, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01]) + chunk("IEND", [])
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let content = Array(name.utf8) + data
        return bytes(UInt32(data.count)) + content + bytes(checksum(content))
    }

    private static func bytes(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in rest >> 1 ^ (rest & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }

    /// A JPEG with an EXIF block that says where it was taken, and a page after its end.
    static func withSecrets() throws -> [UInt8] {
        let picture = try Portrait.ramp()
        let note = Array("Exif\0\0MM\0*\0\0\0\u{8} GPSLatitude 51.5007 the camera of somebody".utf8)
        let length = UInt16(note.count + 2)
        return Array(picture.prefix(2)) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + note
            + picture.dropFirst(2) + Array("<html><script>alert(1)</script></html>".utf8)
    }
}
