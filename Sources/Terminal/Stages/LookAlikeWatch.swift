import Attendance
import Identification
import Logging

/// Looks through each edition of the roster for people who look alike, a few of them a second, and says who came new.
struct LookAlikeWatch {
    /// People of one round: a hundredth of a second's work, on a small board a tenth.
    private static let pace = 50
    /// Pairs that one line of the log names.
    private static let most = 5

    private let logger: Logger
    private var edition: Int?
    private var search: LookAlikeSearch?
    private var told: Set<String> = []
    /// Pairs of the edition that was last looked through; nil before the first.
    private(set) var pairs: Int?

    init(logger: Logger) { self.logger = logger }

    /// One round.
    mutating func round(_ current: SchoolBook.Edition) {
        if edition != current.number {
            edition = current.number
            search = LookAlikeSearch(current.identifier)
        }
        search?.advance(people: Self.pace)
        guard let found = search, found.isOver else { return }
        search = nil
        tell(found.pairs, current)
    }

    /// By their ids, as everywhere in the log.
    private mutating func tell(_ found: [LookAlikePair], _ current: SchoolBook.Edition) {
        let people = current.roster.people
        let names = found.map { pair in
            [pair.first, pair.second].map { people[$0].id.lowercased }.sorted().joined(separator: " and ")
        }
        pairs = names.count
        let new = names.filter { !told.contains($0) }
        told = Set(names)
        guard !new.isEmpty else { return }
        let more = new.count > Self.most ? ", and \(new.count - Self.most) more pairs" : ""
        logger.warning(
            """
            people who look so alike that the terminal may be unsure of them: \
            \(new.prefix(Self.most).joined(separator: "; "))\(more); more photographs of them help, unless one person was \
            enrolled twice
            """)
    }
}
