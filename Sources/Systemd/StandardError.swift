import Glibc
public import Logging

/// Standard error, for what a program has to say while it has no log: where that is stands in the configuration.
public enum StandardError {
    /// Writes one line. Where it goes to the journal it has its level; the journal keeps it with the unit even when the
    /// program ends at once.
    public static func say(_ text: String, level: Logger.Level) {
        let line = Array(line(text, level: level, to: LogDestination.auto.resolved()).utf8)
        _ = write(STDERR_FILENO, line, line.count)
    }

    /// The journal takes the level from the front of a line (sd-daemon(3)); without one it counts as information.
    static func line(_ text: String, level: Logger.Level, to destination: LogDestination) -> String {
        let front = destination == .journal ? "<\(priority(of: level))>" : ""
        return front + singleLine(text) + "\n"
    }
}
