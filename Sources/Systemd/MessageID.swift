/// The kinds of log entries that an operator or a script may wait for. `etc/rollcall.catalog` explains each one.
///
/// The ids were made once with `systemd-id128 new` and never change: `journalctl MESSAGE_ID=…` finds them for ever.
public enum MessageID: String, Sendable, CaseIterable {
    case started = "a177df357f724b72919860ef74ccb916"
    case stopping = "11f8e37efb2845dfbd5570abebf47095"
    case reloaded = "e243600efa0c4e9287901946069fca88"
    case configurationRefused = "aa79ee2a333449049496c108a9c87b0f"

    case cameraLost = "2f25ae1fcf8b467fb0c2897a5a2f66cb"
    case cameraFound = "a0bf61dd5f3d48539dabd544d742c04e"
    case cameraDark = "ca8a251363794183a27fe4d406b4344e"
    case cameraFrozen = "1ffb55b1342b46a69147f1898de01580"
    case cameraOK = "ba14bf0f9e62493d906d2812207d0b87"

    case markRecorded = "83cdd04dfc8e4e88a716f7e876b735fe"
    case markRejected = "a02e6a3a765c4d7d85d14057df6e2add"
    case outboxDamaged = "768b6faca104435bb70a3f39b4076797"
    case outboxDiskFull = "a1e2508a36694747be7ad77d296a1dd5"
    case outboxOK = "04d240e21bae417f9351d09f29c37fec"

    case syncFailing = "305708b6e54e4d818fe17c07327ae270"
    case syncOK = "e582003fd5c24a2a8ec8075ed057bfa8"
    case rosterChanged = "abf5b5bd0a5c4ab49e8854ce157b674b"
    case clockKnown = "0fef67c0a0764e5ca92dcf45a8e6d46b"
    case clockUnknown = "52dcf80ae164422aaea2563a327ff7be"
    case progressStalled = "b32f6ffd07504215be68c180d58dc9e3"
}
