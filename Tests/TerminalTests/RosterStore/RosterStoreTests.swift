import Attendance
import Database
import Foundation
import SyncProtocol
import Testing

@testable import Terminal

@Suite struct RosterStoreTests {
    let folder: OutboxFolder
    let vault: TemplateVault

    init() throws {
        folder = try OutboxFolder()
        vault = try TemplateVault(key: [UInt8](repeating: 5, count: 32))
    }

    private func open(_ vault: TemplateVault? = nil) throws -> RosterStore {
        try RosterStore(path: folder.file("roster.db"), vault: vault ?? self.vault)
    }

    private func person(_ name: String, templates: Int = 2) -> RosterEntry {
        RosterEntry(
            id: UUID(), name: name, className: "1a",
            templates: (0..<templates).map { _ in (0..<512).map { _ in UInt8.random(in: 0...63) } })
    }

    private func delta(
        _ people: [RosterEntry] = [], removed: [UUID] = [], cursor: String, reset: Bool = false, more: Bool = false,
        zone: String = "UTC"
    ) throws -> RosterDelta {
        RosterDelta(
            cursor: cursor, reset: reset, people: people, removed: removed,
            policy: try AttendancePolicy(timeZone: zone, daysOff: [LocalDate("2026-12-24")]), serverTime: .monday,
            more: more)
    }

    private func sorted(_ people: [RosterEntry]) -> [RosterEntry] {
        people.sorted { $0.id.uuidString < $1.id.uuidString }
    }

    /// True if the bytes are anywhere in the roster's files.
    private func isOnDisk(_ bytes: some Collection<UInt8>) throws -> Bool {
        try folder.names().contains { name in Data(try folder.bytes(name)).range(of: Data(bytes)) != nil }
    }

    private func sealed(_ store: RosterStore) throws -> [[UInt8]] {
        try SQLiteConnection(path: copy(), use: .shared()).query("SELECT sealed FROM templates").map {
            try $0.blob("sealed")
        }
    }

    /// A copy of the file, whose log is empty after every change.
    private func copy() throws -> String {
        let path = folder.file("copy-" + UUID().uuidString)
        try folder.write(try folder.bytes("roster.db"), to: (path as NSString).lastPathComponent)
        return path
    }

    @Test("What was applied is loaded, over a restart too")
    func applyAndLoad() throws {
        let people = [person("Ada"), person("Zoë Ångström", templates: 1), person("名前", templates: 16)]
        do {
            let store = try open()
            #expect(try store.load() == StoredRoster(people: [], policy: nil, cursor: nil))
            let change = try store.apply(delta(people, cursor: "c1", reset: true), since: nil)
            #expect(change == RosterChange(stored: 3, deleted: 0, isNewPolicy: true) && change.isNews)
            #expect(try !store.apply(delta(cursor: "c2"), since: "c1").isNews)
            #expect(try store.apply(delta(cursor: "c3", zone: "Europe/London"), since: "c2").isNews)
        }
        let roster = try open().load()
        #expect(roster.people == sorted(people))
        #expect(roster.policy == (try AttendancePolicy(timeZone: "Europe/London", daysOff: [LocalDate("2026-12-24")])))
        #expect(roster.cursor == "c3")
        #expect(
            try FileManager.default.attributesOfItem(atPath: folder.file("roster.db"))[.posixPermissions] as? Int
                == 0o600)
    }

    @Test("A person is replaced whole")
    func replacePerson() throws {
        let store = try open()
        var ada = person("Ada", templates: 4)
        try store.apply(delta([ada, person("Bob")], cursor: "c1"), since: nil)
        ada.name = "Ada L."
        ada.templates = [[UInt8](repeating: 3, count: 512)]
        try store.apply(delta([ada], cursor: "c2"), since: "c1")
        #expect(try store.load().people.count == 2)
        #expect(try store.load().people.first { $0.id == ada.id } == ada)
    }

    @Test("Templates are sealed, and gone from every file once their person is deleted or enrolled anew")
    func deletionIsReal() throws {
        let store = try open()
        var ada = person("Ada Deletable")
        let bob = person("Bob Remaining")
        let crowd = (0..<40).map { person("Person \($0)") }
        try store.apply(delta([ada] + crowd + [bob], cursor: "c1"), since: nil)
        for template in ada.templates { #expect(try !isOnDisk(template)) }
        #expect(try isOnDisk("Ada Deletable".utf8))

        let before = try sealed(store)
        #expect(before.count == 84)
        for blob in before { #expect(try isOnDisk(blob.dropFirst(40).prefix(64))) }
        ada.templates = [ada.templates[0]]
        try store.apply(delta([ada], removed: crowd.map(\.id), cursor: "c2"), since: "c1")
        let after = try sealed(store)
        #expect(after.count == 3)
        for blob in before where !after.contains(blob) { #expect(try !isOnDiskExceptCopies(blob)) }
        #expect(try store.apply(delta(removed: [ada.id, UUID()], cursor: "c3"), since: "c2").deleted == 1)
        for blob in after where try !sealed(store).contains(blob) { #expect(try !isOnDiskExceptCopies(blob)) }
        #expect(try !isOnDiskExceptCopies(Array("Ada Deletable".utf8)))
        #expect(try store.load().people == [bob])
    }

    private func isOnDiskExceptCopies(_ bytes: [UInt8]) throws -> Bool {
        for name in try folder.names() where name.hasPrefix("copy-") {
            try FileManager.default.removeItem(atPath: folder.file(name))
        }
        // The parts of a blob that lie on overflow pages count as well.
        let parts = stride(from: 0, to: max(1, bytes.count - 32), by: 32).map { bytes[$0..<min($0 + 32, bytes.count)] }
        return try parts.contains { try isOnDisk($0) }
    }

    @Test("A reset replaces everybody, and only once its last page has come")
    func reset() throws {
        let old = [person("Old 1"), person("Old 2")]
        let new = [person("New 1"), person("New 2")]
        let store = try open()
        try store.apply(delta(old, cursor: "c1"), since: nil)
        try store.apply(delta([new[0]], cursor: "p1", reset: true, more: true), since: "c1")
        #expect(try store.load().people == sorted(old + [new[0]]))
        #expect(try store.apply(delta([new[1], old[0]], cursor: "p2"), since: "p1").deleted == 1)
        #expect(try store.load().people == sorted(new + [old[0]]))
        #expect(try store.apply(delta(cursor: "c9", reset: true), since: "p2").deleted == 3)
        #expect(try store.load().people.isEmpty)
    }

    @Test("Changes that begin elsewhere are refused")
    func otherCursor() throws {
        let store = try open()
        #expect(throws: RosterStoreError.otherCursor) {
            try store.apply(delta([person("Ada")], cursor: "c2"), since: "c1")
        }
        try store.apply(delta([person("Ada")], cursor: "c2"), since: nil)
        #expect(throws: RosterStoreError.otherCursor) { try store.apply(delta(cursor: "c3"), since: nil) }
        #expect(throws: RosterStoreError.otherCursor) { try store.apply(delta(cursor: "c3"), since: "c1") }
        #expect(try store.load().people.count == 1)
        #expect(try store.cursor == "c2")
    }

    @Test("A damaged file is set aside and everything pulled again, until the roster is whole", arguments: 0..<4)
    func damaged(kind: Int) throws {
        let people = (0..<30).map { person("Person \($0)") }
        do {
            let store = try open()
            try store.apply(delta(people, cursor: "c1"), since: nil)
        }
        var bytes = try folder.bytes("roster.db")
        switch kind {
        case 0: bytes = Array("no database, but long enough to be looked at".utf8)
        case 1: bytes.removeLast(bytes.count / 2)
        case 2: for page in stride(from: 4096, to: bytes.count, by: 4096) { bytes[page] = 0x77 }
        default:
            // One byte of one sealed template: SQLite sees nothing, the vault does.
            let blob = try #require(
                try SQLiteConnection(path: copy(), use: .shared())
                    .queryFirst("SELECT sealed FROM templates")?.blob("sealed"))
            let place = try #require(Data(bytes).range(of: Data(blob.dropFirst(30).prefix(40))))
            bytes[place.lowerBound] ^= 1
        }
        try folder.write(bytes, to: "roster.db")

        let store = try open()
        #expect(try store.load() == StoredRoster(people: [], policy: nil, cursor: nil))
        let damage = try #require(store.damage)
        #expect(damage.path == folder.file("roster.db.damaged-1"))
        #expect("\(damage)".contains(damage.path))
        #expect(throws: RosterStoreError.otherCursor) { try store.apply(delta(cursor: "c2"), since: "c1") }
        try store.apply(delta(people, cursor: "p1", reset: true, more: true), since: nil)
        #expect(store.damage != nil && FileManager.default.fileExists(atPath: damage.path))
        try store.apply(delta(cursor: "c2"), since: "p1")
        #expect(try store.load().people == sorted(people))
        // What may hold people who are deleted by now is not kept.
        #expect(store.damage == nil && !FileManager.default.fileExists(atPath: damage.path))
    }

    @Test("Templates of another key cannot be read: the roster is pulled again")
    func otherKey() throws {
        do {
            let store = try open()
            try store.apply(delta([person("Ada")], cursor: "c1"), since: nil)
        }
        let store = try open(try TemplateVault(key: [UInt8](repeating: 6, count: 32)))
        #expect(try store.load().cursor == nil)
        #expect(store.damage?.reason.contains("check the key file") == true)
    }

    @Test("A full disk refuses a page whole")
    func fullDisk() throws {
        let store = try open()
        try store.apply(delta([person("Ada")], cursor: "c1"), since: nil)
        try store.access { (connection, _) throws(DatabaseError) in
            _ = try connection.execute("PRAGMA max_page_count = 30")
        }
        let crowd = (0..<200).map { person("Person \($0)") }
        let page = try delta(crowd, cursor: "c2")
        #expect(throws: RosterStoreError.diskFull(file: folder.file("roster.db"))) {
            try store.apply(page, since: "c1")
        }
        #expect(try store.load().people.map(\.name) == ["Ada"])
        #expect(try store.cursor == "c1")
        try store.access { (connection, _) throws(DatabaseError) in
            _ = try connection.execute("PRAGMA max_page_count = 10000")
        }
        try store.apply(page, since: "c1")
        #expect(try store.load().people.count == 201)
    }

    @Test("A second opener is refused")
    func secondOpener() throws {
        let store = try open()
        #expect(throws: RosterStoreError.inUse(file: folder.file("roster.db"))) { try open() }
        #expect(try store.cursor == nil)
    }
}
