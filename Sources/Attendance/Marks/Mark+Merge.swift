extension Mark {
    /// For which marks only one may exist: equal keys mean the same person and the same session. Store it UNIQUE.
    ///
    /// While the clock is unknown the session is a guess (a board without a battery lives through 1970-01-01 every
    /// morning), so such marks are one per person, boot and hour of boot time. They find their session when their time
    /// is resolved; the key changes then, and marks that now have one key are merged.
    public var key: String {
        if clock.isKnown { return "\(person.uuidString) \(session)" }
        return "\(person.uuidString) \(bootID.uuidString) \(bootTime / 3_600_000_000_000)"
    }

    /// Of two marks for one person and session the one that stays: a known time before an unknown, then the earlier
    /// sighting, then the smaller id. The choice is a total order, so any order of arrival and any repetition of marks
    /// ends with the same one, on the terminal and on the server.
    ///
    /// Unknown times of one boot are compared by boot time, since their guesses may come from different readings.
    public static func merge(existing: Mark, incoming: Mark) -> Mark {
        incoming.goesBefore(existing) ? incoming : existing
    }

    private func goesBefore(_ other: Mark) -> Bool {
        if clock.isKnown != other.clock.isKnown { return clock.isKnown }
        if !clock.isKnown {
            if bootID != other.bootID { return bootID.uuidString < other.bootID.uuidString }
            if bootTime != other.bootTime { return bootTime < other.bootTime }
        }
        if at != other.at { return at < other.at }
        if id != other.id { return id.uuidString < other.id.uuidString }
        return tail.lexicographicallyPrecedes(other.tail)
    }

    /// The rest, for two versions of one mark that agree in their time: without it their order would decide.
    private var tail: [UInt64] {
        let words = [person.uuidString, bootID.uuidString, session.description, status.rawValue, clock.rawValue]
        let text = words.joined(separator: " ").utf8.map { UInt64($0) }
        return text + [UInt64(bitPattern: bootTime), UInt64(bitPattern: Int64(shots)), score.bitPattern]
    }
}
