/// What a TZif file says, checked: as many types as transitions, and every type an index of `offsets`.
struct TZifContents {
    var transitions: [Int64]
    var types: [Int]
    var offsets: [Int32]
    var rule: PosixTimeZone?
}

/// Where and how a TZif file breaks RFC 9636.
struct TZifDamage: Error, Equatable {
    let byte: Int
    let reason: String
}

/// Reads the bytes of a TZif file. No byte is trusted: each read is checked against the end, each index against its table.
struct TZifReader {
    /// Real files have less than 5 KB.
    static let maximumBytes = 1 << 20
    /// RFC 9636, section 3.2: -89,999 to 93,599 seconds, just short of -25 and +26 hours.
    private static let offsetRange: ClosedRange<Int32> = -89_999...93_599

    private let bytes: [UInt8]
    private var position = 0

    /// Reads the 64-bit block and the footer, or the 32-bit block of a file of version 1.
    static func read(_ bytes: [UInt8]) throws(TZifDamage) -> TZifContents {
        guard bytes.count <= maximumBytes else {
            throw TZifDamage(byte: maximumBytes, reason: "the file is larger than \(maximumBytes) bytes")
        }
        var reader = TZifReader(bytes: bytes)
        let header = try reader.header()
        guard header.version > 1 else { return try reader.block(header, timeSize: 4) }
        try reader.skip(header.blockSize(timeSize: 4))
        let second = try reader.header()
        guard second.version == header.version else { throw reader.damage("the two headers differ in their version") }
        var contents = try reader.block(second, timeSize: 8)
        contents.rule = try reader.footer(version: second.version)
        return contents
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private struct Header {
        var version: Int
        var isUT, isStandard, leaps, times, types, characters: Int

        /// At most 6 counts below 2^32, each times 12 at most: no overflow.
        func blockSize(timeSize: Int) -> Int {
            times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + isStandard + isUT
        }
    }

    private mutating func header() throws(TZifDamage) -> Header {
        let start = position
        guard try take(4).elementsEqual("TZif".utf8) else { throw TZifDamage(byte: start, reason: "no TZif header") }
        let digit = try take(1).first
        guard let version = [0: 1, UInt8(ascii: "2"): 2, UInt8(ascii: "3"): 3, UInt8(ascii: "4"): 4][digit ?? 1] else {
            throw TZifDamage(byte: start + 4, reason: "the version is not one of 1 to 4")
        }
        try skip(15)
        let header = Header(
            version: version, isUT: try count(), isStandard: try count(), leaps: try count(), times: try count(),
            types: try count(), characters: try count())
        guard header.types > 0 else { throw damage("no local time type") }
        guard header.characters > 0 else { throw damage("no time zone designation") }
        guard header.isUT == 0 || header.isUT == header.types else { throw damage("a wrong count of UT indicators") }
        guard header.isStandard == 0 || header.isStandard == header.types else {
            throw damage("a wrong count of standard indicators")
        }
        return header
    }

    private mutating func block(_ header: Header, timeSize: Int) throws(TZifDamage) -> TZifContents {
        guard header.leaps == 0 else {
            throw damage("it counts leap seconds; use the zone outside of the folder right")
        }
        // Checked before anything is reserved: a count may claim gigabytes.
        guard header.blockSize(timeSize: timeSize) <= bytes.count - position else {
            throw damage("the counts ask for more bytes than the file has")
        }
        var contents = TZifContents(transitions: [], types: [], offsets: [], rule: nil)
        for _ in 0..<header.times {
            let time = timeSize == 4 ? Int64(Int32(truncatingIfNeeded: try number(4))) : try number(8)
            if let last = contents.transitions.last, last >= time { throw damage("transition times do not ascend") }
            contents.transitions.append(time)
        }
        for type in try take(header.times) {
            guard type < header.types else { throw damage("a transition to a type that is not there") }
            contents.types.append(Int(type))
        }
        for _ in 0..<header.types {
            let offset = Int32(truncatingIfNeeded: try number(4))
            guard TZifReader.offsetRange ~= offset else { throw damage("an offset of \(offset) s from UTC") }
            guard try number(1) <= 1 else { throw damage("a daylight-saving indicator that is neither 0 nor 1") }
            guard try number(1) < header.characters else { throw damage("a designation outside of its table") }
            contents.offsets.append(offset)
        }
        guard try take(header.characters).last == 0 else { throw damage("a designation without its end") }
        for _ in 0..<header.isStandard + header.isUT {
            guard try number(1) <= 1 else { throw damage("an indicator that is neither 0 nor 1") }
        }
        return contents
    }

    /// The footer, a POSIX TZ string between two line feeds. Empty means that nothing is known after the last transition.
    private mutating func footer(version: Int) throws(TZifDamage) -> PosixTimeZone? {
        guard try number(1) == 0x0A else { throw damage("no footer") }
        let start = position
        guard let end = bytes[start...].firstIndex(of: 0x0A) else { throw damage("a footer without its end") }
        let text = try take(end - start)
        guard !text.isEmpty else { return nil }
        guard let rule = PosixTimeZone(text, allowsLongTimes: version >= 3) else {
            throw TZifDamage(byte: start, reason: "the footer is not a POSIX TZ string")
        }
        return rule
    }

    private mutating func count() throws(TZifDamage) -> Int { Int(try number(4)) }

    /// A big-endian number; 8 bytes are signed.
    private mutating func number(_ size: Int) throws(TZifDamage) -> Int64 {
        try take(size).reduce(0) { $0 << 8 | Int64($1) }
    }

    private mutating func take(_ count: Int) throws(TZifDamage) -> ArraySlice<UInt8> {
        let start = position
        try skip(count)
        return bytes[start..<position]
    }

    private mutating func skip(_ count: Int) throws(TZifDamage) {
        guard count <= bytes.count - position else { throw damage("the file ends too early") }
        position += count
    }

    private func damage(_ reason: String) -> TZifDamage {
        TZifDamage(byte: position, reason: reason)
    }
}
