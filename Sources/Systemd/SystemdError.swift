import Glibc

/// What can go wrong between a program and systemd.
public enum SystemdError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The service manager could not be told something.
    case notNotified(state: String, code: Int32)
    /// The watchdog's variables are there, but not understood.
    case watchdogUnclear(code: Int32)
    /// systemd-timedated did not say whether the clock is synchronised.
    case clockUnclear(code: Int32)
    /// A name that is not a credential's: empty, too long, or with characters that lead out of the folder.
    case credentialName(String)
    /// A file with a secret is there, but cannot be read.
    case secretUnreadable(path: String, code: Int32)
    /// A file with a secret is not a small regular file that is kept from others.
    case secretRefused(path: String, reason: String)

    /// One line: what, where, and the next step.
    public var description: String {
        switch self {
        case .notNotified(let state, _):
            "systemd was not told \(state): \(reason); check NOTIFY_SOCKET and NotifyAccess= of the unit"
        case .watchdogUnclear:
            "WATCHDOG_USEC is not understood: \(reason); set WatchdogSec= in the unit, not the variable"
        case .clockUnclear:
            "whether the clock is synchronised is not known: \(reason); check that D-Bus and systemd-timedated run"
        case .credentialName(let name):
            "credential \"\(singleLine(name))\": not a name; use letters, digits, \".\", \"_\" and \"-\""
        case .secretUnreadable(let path, _), .secretRefused(let path, _): "\(singleLine(path)): \(reason)"
        }
    }

    /// What is wrong and the next step, without the place.
    public var reason: String {
        switch self {
        case .notNotified(_, let code), .watchdogUnclear(let code), .clockUnclear(let code): systemMessage(code)
        case .credentialName: "not a name"
        case .secretUnreadable(_, let code):
            systemMessage(code) + "; check its owner and mode, or LoadCredential= of the unit"
        case .secretRefused(_, let reason): reason
        }
    }
}

private func systemMessage(_ code: Int32) -> String { String(cString: strerror(abs(code))) }
