import Attendance
import FoundationEssentials
import Logging

/// Takes the letters that are due out of the queue and sends them, one after another. It belongs to one thread.
final class MailDelivery {
    private let database: ServerDatabase
    private let client: SMTPClient
    private let writer: LetterWriter
    private let settings: MailSettings
    private let planner: ReportPlanner?
    private let isStopped: @Sendable () -> Bool
    private let logger: Logger

    /// What keeps every letter back; nil while letters are taken. A change of it is one line in the log.
    private var outage: MailError?
    private var failures = 0
    private var nextTry = Instant(milliseconds: 0)
    private var nextPlan = Instant(milliseconds: 0)

    /// Milliseconds between two looks at what reports are due.
    private static let planPause: Int64 = 60_000

    /// - Parameter planner: what puts reports into the queue; nil for only what others put there.
    init(
        database: ServerDatabase, settings: MailSettings, client: SMTPClient, zone: TimeZoneRules,
        planner: ReportPlanner?, isStopped: @escaping @Sendable () -> Bool, logger: Logger
    ) throws(ServerError) {
        self.database = database
        self.settings = settings
        self.client = client
        self.planner = planner
        self.isStopped = isStopped
        self.logger = logger
        writer = try LetterWriter(database: database, settings: settings, zone: zone)
    }

    /// Plans the reports, looks for letters that were interrupted, and sends all letters that are due.
    /// - Returns: how many were sent.
    @discardableResult
    func round(now clock: () -> Instant = { Clock.now }) throws(ServerError) -> Int {
        let now = clock()
        if let planner, now >= nextPlan {
            nextPlan = now.advanced(byMilliseconds: Self.planPause)
            let added = try planner.plan(now: now, zone: writer.zone)
            if added > 0 { logger.info("Reports are due", metadata: ["letters": "\(added)"]) }
        }
        for letter in try database.letters.takeInterrupted(now: now) {
            log(letter, .error, "A letter may not have arrived; it is not sent again by itself", letter.problem ?? "")
        }
        var sent = 0
        while !isStopped(), clock() >= nextTry, let letter = try database.letters.claim(now: clock()) {
            if try deliver(letter, clock) { sent += 1 }
        }
        return sent
    }

    /// Sends one claimed letter, or gives it back or up.
    private func deliver(_ letter: QueuedLetter, _ clock: () -> Instant) throws(ServerError) -> Bool {
        guard clock() < letter.made.advanced(byMilliseconds: letter.kind.patience) else {
            return try giveUp(letter, "it was tried for too long; the last problem: \(letter.problem ?? "none")")
        }
        switch try writer.write(letter) {
        case .nothing(let reason): return try giveUp(letter, reason)
        case .letter(let written, let grant):
            let message = written.message(from: settings, at: clock(), zone: writer.zone)
            do throws(MailError) {
                try client.send(message, to: written.address) { [database] in
                    Self.handOver(letter, grant, database, clock: { Clock.now })
                }
            } catch {
                return try take(error, of: letter, clock())
            }
            try database.letters.finish(letter, now: clock())
            recover()
            return true
        }
    }

    /// From here on the letter may have been taken, and its token is good.
    private static func handOver(
        _ letter: QueuedLetter, _ grant: LetterWriter.Grant?, _ database: ServerDatabase, clock: () -> Instant
    ) -> Bool {
        do throws(ServerError) {
            guard try database.letters.handOver(letter, now: clock()) else { return false }
            if let grant {
                try database.passwords.begin(
                    grant.token, of: grant.person, at: grant.address, for: grant.lifetime, now: clock())
            }
            return true
        } catch {
            return false
        }
    }

    private func take(_ error: MailError, of letter: QueuedLetter, _ now: Instant) throws(ServerError) -> Bool {
        let problem = error.description
        if case .interrupted = error {
            try database.letters.interrupt(letter, problem)
            log(letter, .error, "A letter may not have arrived; it is not sent again by itself", problem)
        } else if error.isPermanent {
            return try giveUp(letter, problem)
        } else if error.concernsAllLetters {
            // The letter had no part in it: it goes first again once letters are taken.
            try database.letters.postpone(letter, until: now, problem, isTry: false)
            if error != .cancelled { pause(error, now) }
        } else {
            let wait = Self.wait(after: letter.tries)
            try database.letters.postpone(letter, until: now.advanced(byMilliseconds: wait), problem, isTry: true)
            log(letter, .info, "A letter was not taken; it is tried again", problem)
        }
        return false
    }

    private func giveUp(_ letter: QueuedLetter, _ problem: String) throws(ServerError) -> Bool {
        try database.letters.fail(letter, problem)
        log(letter, .warning, "A letter was given up", problem)
        return false
    }

    /// Nothing is sent for a while, longer each time: half a minute to a quarter of an hour.
    private func pause(_ error: MailError, _ now: Instant) {
        let wait = min(Int64(30_000) << min(failures, 5), 900_000)
        failures += 1
        nextTry = now.advanced(byMilliseconds: wait)
        if !error.isSameTrouble(as: outage) { logger.error("Mail cannot be sent", metadata: ["reason": "\(error)"]) }
        outage = error
    }

    private func recover() {
        if outage != nil { logger.notice("Mail is sent again") }
        (outage, failures) = (nil, 0)
    }

    /// Milliseconds until a letter that was refused for now is tried again: a minute, then four times as long each time,
    /// up to four hours.
    static func wait(after tries: Int) -> Int64 { min(60_000 << Int64(2 * min(tries, 5)), 4 * 3_600_000) }

    private func log(_ letter: QueuedLetter, _ level: Logger.Level, _ message: Logger.Message, _ problem: String) {
        logger.log(
            level: level, message,
            metadata: [
                "letter": "\(letter.id.lowercased)", "kind": "\(letter.kind.rawValue)", "period": "\(letter.period)",
                "reason": "\(problem)",
            ])
    }
}
