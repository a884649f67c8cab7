import Attendance
import Configuration
import Foundation
import Systemd
import TestSupport
import Testing

@testable import Server

@Suite struct MailSettingsTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func load(_ text: String, credentials: String? = nil) throws -> ServerConfiguration {
        let shipped = try String(contentsOfFile: "\(Fixtures.package)/etc/rollcall/server.toml", encoding: .utf8)
        // The tables of mail and reports are those of the test.
        let rest = shipped.replacing("[reports]", with: "")
        let environment = Environment(credentials.map { ["CREDENTIALS_DIRECTORY": $0] } ?? [:])
        return try ServerConfiguration.load(
            path: try folder.write("server.toml", rest + "\n" + text),
            credentials: Credentials(environment: environment))
    }

    @Test func readsEverything() throws {
        let configuration = try load(
            """
            [mail]
            url = "smtps://Mail.school.example"
            user = "rollcall"
            password_file = "mail-password"
            from = "Rollcall@School.example"
            from_name = "Schule"
            ca_file = "/etc/ca.pem"
            base_url = "https://school.example/password/"
            [reports]
            daily = true
            weekly = true
            daily_time = "17:30"
            weekly_time = "06:00:00"
            """)
        let mail = try #require(configuration.mail)
        #expect(mail.security == .implicit && mail.host == "Mail.school.example" && mail.port == 465)
        #expect(mail.from == "rollcall@school.example" && mail.domain == "school.example")
        #expect(mail.passwordFile == folder.file("mail-password") && mail.authorityFile == "/etc/ca.pem")
        #expect(mail.baseURL == "https://school.example/password")
        #expect(configuration.reports.daily && configuration.reports.weekly)
        #expect(configuration.reports.dailyTime == (try TimeOfDay("17:30")))
        #expect(configuration.reports.weeklyTime == (try TimeOfDay("06:00")))
    }

    @Test func withoutATableThereIsNoMail() throws {
        let configuration = try load("")
        #expect(configuration.mail == nil && configuration.reports == ReportSettings())
        #expect(configuration.reports.dailyTime == (try TimeOfDay("16:00")))
        #expect(configuration.reports.weeklyTime == (try TimeOfDay("07:00")))
        #expect(try configuration.openMailPassword() == nil)
    }

    @Test func theExampleInTheShippedFileIsGood() throws {
        let shipped = try String(contentsOfFile: "\(Fixtures.package)/etc/rollcall/server.toml", encoding: .utf8)
        let lines = shipped.split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex(of: "# [mail]"))
        let example = lines[start...].prefix { $0.hasPrefix("# ") }.map { $0.dropFirst(2) }.joined(separator: "\n")
        let mail = try #require(try load(example).mail)
        #expect(mail.url == "smtp://mail.school.example:587" && mail.user == "rollcall")
        #expect(mail.baseURL != nil && mail.authorityFile != nil && mail.fromName != nil)
    }

    @Test func theCredentialWins() throws {
        try folder.write("mail-password", "x")
        let text = "[mail]\nurl = \"smtp://a.example\"\nfrom = \"a@b.example\"\nuser = \"u\"\npassword_file = \"/p\"\n"
        #expect(try load(text, credentials: folder.path).mail?.passwordFile == folder.file("mail-password"))
        #expect(try load(text).mail?.passwordFile == "/p")
        let open = text.replacing("user = \"u\"\npassword_file = \"/p\"\n", with: "")
        #expect(try load(open, credentials: folder.path).mail?.passwordFile == nil)
    }

    static let refused: [(text: String, place: String)] = [
        ("[mail]\n", "mail.url"), ("[mail]\nurl = \"smtp://a.example\"\n", "mail.from"),
        ("[mail]\nurl = \"http://a.example\"\nfrom = \"a@b.example\"\n", "mail.url"),
        ("[mail]\nurl = \"smtp://a.example/x\"\nfrom = \"a@b.example\"\n", "mail.url"),
        ("[mail]\nurl = \"smtp://u:p@a.example\"\nfrom = \"a@b.example\"\n", "mail.url"),
        ("[mail]\nurl = \"smtp://a.example:0\"\nfrom = \"a@b.example\"\n", "mail.url"),
        ("[mail]\nurl = \"smtp://\"\nfrom = \"a@b.example\"\n", "mail.url"),
        ("[mail]\nurl = \"smtp://a.example\"\nfrom = \"a@b\"\n", "mail.from"),
        ("[mail]\nurl = \"smtp://a.example\"\nfrom = \"A <a@b.example>\"\n", "mail.from"),
        ("[mail]\nurl = \"smtp://a.example\"\nfrom = \"a@b.example\"\npassword_file = \"x\"\n", "mail.password_file"),
        ("[mail]\nurl = \"smtp://a.example\"\nfrom = \"a@b.example\"\nbase_url = \"http://x\"\n", "mail.base_url"),
        ("[mail]\nurl = \"smtp://a.example\"\nfrom = \"a@b.example\"\nextra = 1\n", "mail.extra"),
        ("[reports]\ndaily = true\n", "reports.daily"), ("[reports]\nweekly = true\n", "reports.weekly"),
        ("[reports]\ndaily_time = \"24:00\"\n", "reports.daily_time"),
        ("[reports]\nmonthly = true\n", "reports.monthly"),
    ]

    @Test(arguments: refused) func refusesWithThePlace(text: String, place: String) throws {
        let error = #expect(throws: ServerError.self) { try load(text) }
        #expect(error?.exitStatus == 78 && error?.description.contains(place) == true, "\(error?.description ?? "")")
    }
}
