import Attendance
import FoundationEssentials

/// A letter to one person, as text and as HTML.
struct Letter: Sendable, Equatable {
    /// Its row in the queue. A letter that is tried again keeps its Message-ID, by which a mail server or a reader can
    /// tell that it has it already.
    let id: UUID
    /// The recipient's name and checked address.
    let name: String
    let address: String
    let subject: String
    let text: String
    let html: String

    /// The letter in Internet Message Format (RFC 5322) with both forms as alternatives (RFC 2046, section 5.1.4).
    func message(from settings: MailSettings, at now: Instant, zone: TimeZoneRules) -> [UInt8] {
        // Quoted-printable text has no "=_", so no line of a part can look like the boundary.
        let boundary = "=_\(id.lowercased)"
        let headers = [
            "From: \(MailEncoding.mailbox(name: settings.fromName, address: settings.from))",
            "To: \(MailEncoding.mailbox(name: name, address: address))",
            "Subject: \(MailEncoding.header(subject))",
            "Date: \(MailDate.text(of: now, zone: zone))",
            "Message-ID: <\(id.lowercased)@\(settings.domain)>",
            // RFC 3834: nobody's holiday notice has to answer it.
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"",
        ]
        // The last part is the one that is preferred.
        let parts = [("text/plain", text), ("text/html", html)].map { type, body in
            """
            --\(boundary)
            Content-Type: \(type); charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            """.replacing("\n", with: "\r\n") + "\r\n" + MailEncoding.quotedPrintable(body) + "\r\n"
        }
        let message = headers.joined(separator: "\r\n") + "\r\n\r\n" + parts.joined() + "--\(boundary)--\r\n"
        return Array(message.utf8)
    }
}

/// The date of a letter.
enum MailDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// "Tue, 1 Sep 2026 08:30:00 +0100" (RFC 5322, section 3.3).
    static func text(of moment: Instant, zone: TimeZoneRules) -> String {
        let local = zone.local(of: moment.seconds)
        let weekday = local.date.weekday.rawValue
        let day = weekday.prefix(1).uppercased() + weekday.dropFirst().prefix(2)
        let minutes = abs(local.offset) / 60
        let offset = "\(local.offset < 0 ? "-" : "+")\(twoDigits(minutes / 60))\(twoDigits(minutes % 60))"
        let date = "\(local.date.day) \(months[local.date.month - 1]) \(local.date.year)"
        return "\(day), \(date) \(local.time) \(offset)"
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
