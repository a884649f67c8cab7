import Attendance
import Database
import FoundationEssentials
import Hummingbird

/// One page of a list, and how to get the next.
struct Page<Item: Encodable & Sendable>: Encodable, Sendable {
    let items: [Item]
    /// Goes into the query parameter `cursor` for the next page; nil on the last.
    let next: String?
}

/// What part of a list is asked for. A cursor names the last item of the page before, not a number of items to skip: what
/// comes and goes meanwhile makes no item come twice or never.
struct PageRequest: Sendable, Equatable {
    static let standardLimit = 50
    static let maximumLimit = 500

    /// At most so many items.
    var limit = standardLimit
    /// The sort key of the last item of the page before; nil for the first page.
    var after: [String]?

    init(limit: Int = standardLimit, after: [String]? = nil) {
        self.limit = limit
        self.after = after
    }

    /// Reads `limit` and `cursor`.
    /// - Parameter keys: how many parts the list's sort key has.
    /// - Throws: 400 for a limit out of range and for a cursor of another list.
    init(_ request: Request, keys: Int) throws(Problem) {
        if let text = try request.parameter("limit") {
            guard let limit = Int(text), 1...Self.maximumLimit ~= limit else {
                throw .badRequest("limit: give a number from 1 to \(Self.maximumLimit)")
            }
            self.limit = limit
        }
        try begin(after: try request.parameter("cursor"), keys: keys)
    }

    /// Takes over a cursor, if there is one.
    /// - Throws: 400 for one of another list.
    mutating func begin(after cursor: String?, keys: Int) throws(Problem) {
        guard let cursor else { return }
        guard let parts = Self.parts(of: cursor), parts.count == keys else {
            throw .badRequest("cursor: give the one of the page before, unchanged")
        }
        after = parts
    }

    /// The number in a part of the cursor; nil on the first page.
    /// - Throws: `.refused` for a part that is none.
    func number(_ part: Int) throws(ServerError) -> Int64? {
        guard let after else { return nil }
        guard let number = Int64(after[part]) else { throw Self.badCursor }
        return number
    }

    /// The date in a part of the cursor; nil on the first page.
    /// - Throws: `.refused` for a part that is none.
    func date(_ part: Int) throws(ServerError) -> LocalDate? {
        guard let after else { return nil }
        guard let date = try? LocalDate(after[part]) else { throw Self.badCursor }
        return date
    }

    /// The id in a part of the cursor, as it is stored; nil on the first page.
    /// - Throws: `.refused` for a part that is none.
    func id(_ part: Int) throws(ServerError) -> String? {
        guard let after else { return nil }
        guard let id = UUID(uuidString: after[part]) else { throw Self.badCursor }
        return id.lowercased
    }

    private static let badCursor = ServerError.refused("cursor: give the one of the page before, unchanged")

    /// The page out of the rows that `limit + 1` was asked for.
    func page<Item>(of items: [Item], key: (Item) -> [String]) -> Page<Item> {
        let shown = shown(of: items, key: key)
        return Page(items: shown.items, next: shown.next)
    }

    /// What is shown of the rows that `limit + 1` was asked for, and the cursor of the next page.
    func shown<Item>(of rows: [Item], key: (Item) -> [String]) -> (items: [Item], next: String?) {
        guard rows.count > limit, let last = rows.prefix(limit).last else { return (rows, nil) }
        return (Array(rows.prefix(limit)), Self.cursor(key(last)))
    }

    /// How many rows to ask the database for: one more than the page has tells whether another follows.
    var rows: SQLValue { .integer(Int64(limit) + 1) }

    static func cursor(_ parts: [String]) -> String {
        let json = (try? JSONEncoder().encode(parts)) ?? Data()
        return Base64URL.encode(json)
    }

    private static func parts(of cursor: String) -> [String]? {
        guard cursor.utf8.count <= 2000, let json = Base64URL.decode(cursor) else { return nil }
        guard let parts = try? JSONDecoder().decode([String].self, from: json) else { return nil }
        // SQL text has no NUL, and no key of ours has one.
        return parts.contains { $0.utf8.contains(0) } ? nil : parts
    }
}
