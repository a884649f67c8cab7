/// `table.key`, with quotation marks where TOML needs them.
func joined(_ path: String, _ key: String, quoting: Bool = true) -> String {
    let name = quoting ? quotedKey(key) : key
    return path.isEmpty ? name : path + "." + name
}

/// The key as it can be written in a file.
func quotedKey(_ key: String) -> String {
    let isBare =
        !key.isEmpty
        && key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    return isBare ? key : "\"" + printable(key, limit: 60) + "\""
}

/// The candidate that a typing error would turn into `word`: at most a third of its letters differ.
func nearest(to word: String, among candidates: [String]) -> String? {
    let allowed = max(1, word.count / 3)
    return candidates.map { (candidate: $0, distance: editDistance(word, $0)) }
        .filter { $0.distance <= allowed && $0.distance < $0.candidate.count }
        .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?.candidate
}

/// How many letters to insert, drop, replace or swap with their neighbour, over at most the first 64 of each.
func editDistance(_ first: String, _ second: String) -> Int {
    let (left, right) = (Array(first.prefix(64)), Array(second.prefix(64)))
    var rows = [Array(0...right.count)]
    for i in left.indices {
        var row = [i + 1]
        for j in right.indices {
            var least = min(rows[i][j] + (left[i] == right[j] ? 0 : 1), row[j] + 1, rows[i][j + 1] + 1)
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                least = min(least, rows[i - 1][j - 1] + 1)
            }
            row.append(least)
        }
        rows.append(row)
    }
    return rows[left.count][right.count]
}
