/// A TZif file made by hand.
struct TZif {
    var version: UInt8
    var times: [Int64] = []
    var types: [(offset: Int32, isDaylight: UInt8)]
    var indices: [UInt8] = []
    /// Nil in version 1.
    var footer: String?

    static let plain = TZif(version: 2, types: [(0, 0)], footer: "UTC0")

    var bytes: [UInt8] {
        let digit = version < 2 ? 0 : UInt8(ascii: "0") + version
        func header(_ times: Int, _ types: Int, _ characters: Int) -> [UInt8] {
            Array("TZif".utf8) + [digit] + [UInt8](repeating: 0, count: 15)
                + [0, 0, 0, times, types, characters].flatMap { big($0, 4) }
        }
        let table = types.flatMap { big(Int($0.offset), 4) + [$0.isDaylight, 0] } + Array("XXX\0".utf8)
        let body = times.flatMap { big(Int($0), version < 2 ? 4 : 8) } + indices + table
        let whole = header(times.count, types.count, 4) + body
        guard version >= 2 else { return whole }
        let empty = header(0, 1, 1) + [0, 0, 0, 0, 0, 0, 0]
        return empty + whole + Array("\n\(footer ?? "")\n".utf8)
    }

    private func big(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
