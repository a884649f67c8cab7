import FoundationEssentials
import Systemd

extension ServerConfiguration {
    /// Sends one letter now, past the queue: whether mail goes is seen at once and not when the first report is due.
    /// - Returns: the address as it was used, and the mail server that has taken the letter.
    /// - Throws: `.refused` without [mail], for what is no address, and with what the mail server says.
    public func sendTestLetter(to text: String) throws(ServerError) -> (address: String, host: String) {
        guard let mail else { throw .refused("the configuration has no [mail]; letters need it") }
        let address = try EmailAddress.checked(text)
        let subject = "A test of Rollcall's mail"
        let (plain, html) = try LetterTemplates().render(.test, ["subject": subject])
        let letter = Letter(id: UUID(), name: "", address: address, subject: subject, text: plain, html: html)
        let message = letter.message(from: mail, at: Clock.now, zone: try openZone())
        let client = try SMTPClient.open(mail, try openMailPassword(), isStopped: { false })
        do throws(MailError) {
            try client.send(message, to: address) { true }
        } catch {
            throw .refused(error.description)
        }
        return (address, mail.host)
    }
}
