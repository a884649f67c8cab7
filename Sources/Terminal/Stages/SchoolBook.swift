import Attendance
import Faces
import FoundationEssentials
import Identification
import Logging
import Progress
import SyncProtocol
import Synchronization
import Systemd

/// Who may be recognised and by which times, for all threads: made anew from the roster store after each change.
public final class SchoolBook: Sendable {
    /// One state of the book.
    public struct Edition: Sendable {
        /// Counts up with each change.
        public var number: Int
        /// Who may be recognised, and when somebody is named.
        public var identifier: Identifier
        /// Who may be recognised.
        public var roster: Roster { identifier.roster }
        /// The times that count.
        public var school: SchoolTime
        /// The server's cursor of this state; nil before the first roster.
        public var cursor: String?
        /// Each person's class.
        var classes: [UUID: String]
    }

    private let store: RosterStore
    private let edition: Mutex<Edition>
    /// Held from before the store is read until the edition is there, so that what was read before never follows what was
    /// read after; who only wants the edition does not wait for it. What it holds is whether the store has something newer
    /// that could not be read.
    private let isBehind = Mutex(false)
    private let logger: Logger

    /// Opens the book with what the store holds.
    /// - Parameters:
    ///   - rule: when somebody is named.
    ///   - fallback: the policy until a roster brings the server's.
    public init(
        store: RosterStore, rule: DecisionRule = DecisionRule(), fallback: SchoolTime, logger: Logger
    ) throws(RosterStoreError) {
        self.store = store
        self.logger = logger
        let none = Identifier(roster: Roster(people: []), rule: rule)
        edition = Mutex(try Self.read(store, fallback: fallback, number: 0, replacing: none, logger: logger))
    }

    /// The book now.
    public var current: Edition { edition.withLock { $0 } }

    /// Reads the store again; the old edition stays when it cannot be read, until `retry` can. Returns when that is done,
    /// whichever thread reads meanwhile.
    public func reload() { isBehind.withLock { $0 = !reread(saysFailure: !$0) } }

    /// The store has moved on to this cursor without a change of what the book holds.
    public func confirm(cursor: String) {
        isBehind.withLock { isBehind in
            if !isBehind { edition.withLock { $0.cursor = cursor } }
        }
    }

    /// Reads again what could not be read.
    public func retry() {
        isBehind.withLock { isBehind in
            if isBehind { isBehind = !reread(saysFailure: false) }
        }
    }

    /// Makes the next edition from what the store holds.
    /// - Returns: false when it cannot be read.
    private func reread(saysFailure: Bool) -> Bool {
        let old = current
        do {
            // A zone that cannot be read leaves the times as they were.
            let new = try Self.read(
                store, fallback: old.school, number: old.number + 1, replacing: old.identifier, logger: logger)
            edition.withLock { $0 = new }
            logger.log(
                .rosterChanged, .info,
                """
                roster: \(counted(new.roster.people.count, "person", "people")), \
                present until \(new.school.policy.times.presentUntil), absent after \(new.school.policy.times.absentAfter), \(new.school.policy.timeZone)
                """,
                metadata: ["people": "\(new.roster.people.count)", "roster": "\(new.cursor ?? "none")"])
            return true
        } catch {
            if saysFailure { logger.error("the new roster cannot be read: \(error)") }
            return false
        }
    }

    private static func read(
        _ store: RosterStore, fallback: SchoolTime, number: Int, replacing old: Identifier, logger: Logger
    ) throws(RosterStoreError) -> Edition {
        let stored = try store.load()
        var people: [RosterPerson] = []
        for entry in stored.people {
            guard entry.model == ModelPack.descriptorName else {
                logger.warning("the templates of \(entry.id) are of another model: enrol this person again")
                continue
            }
            people.append(
                RosterPerson(
                    id: entry.id, name: entry.name, className: entry.className,
                    templates: entry.templates.compactMap(Descriptor.init(littleEndianBytes:))))
        }
        return Edition(
            number: number, identifier: Identifier(roster: Roster(people: people), rule: old.rule, reusing: old),
            school: school(stored.policy, fallback, logger),
            cursor: stored.cursor, classes: Dictionary(people.map { ($0.id, $0.className) }) { first, _ in first })
    }

    private static func school(_ policy: AttendancePolicy?, _ fallback: SchoolTime, _ logger: Logger) -> SchoolTime {
        guard let policy else { return fallback }
        do {
            return SchoolTime(policy: policy, zone: try ZoneFiles.rules(named: policy.timeZone))
        } catch {
            logger.error("the school's times cannot be used, those before stay: \(error)")
            return fallback
        }
    }
}
