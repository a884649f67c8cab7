import ArgumentParser
import Progress
import Server

struct LostKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lost",
        abstract: "Go on without the template key that was lost: delete what only that key opens.",
        discussion: """
            First look for a copy of the key file: with it nothing is lost. Without one, stop the server, make a new key \
            (rollcall-server key make) and run this. It says what the new key does not open; with --delete-templates it \
            deletes those templates for good, here and on every terminal, takes away profile images that do not open, and \
            begins the audit trail anew. People keep their accounts, their consent and their attendance, and are enrolled \
            again by new photographs.

            Exit status: 0 done, or nothing to do; 1 nothing was deleted, because --delete-templates is missing.
            """)

    @OptionGroup var configuration: ConfigurationOption
    @Flag(help: "The key is lost for good: delete every template that the present key does not open.")
    var deleteTemplates = false

    func run() throws {
        let (lost, unchecked, file) = try reporting(in: configuration.file) { () throws(ServerError) in
            let loaded = try configuration.load()
            let database = try ServerDatabase(loaded.database, vault: try loaded.openVault(), isKeyLost: true)
            defer { database.close() }
            let lost = try database.lostSeals(loaded)
            let unchecked = try deleteTemplates && !lost.isEmpty ? database.delete(lost) : nil
            return (lost, unchecked, loaded.templateKeyFile)
        }
        guard !lost.isEmpty else { return print("\(file): it opens everything; nothing is deleted") }
        guard deleteTemplates else {
            printError("rollcall-server: \(file): it does not open \(Self.text(lost))")
            printError(
                "Restore the file from its copy. When there is none, delete what nobody can open any more, for good: "
                    + "rollcall-server key lost --delete-templates")
            throw ExitCode(1)
        }
        print("deleted: \(Self.templates(lost)), to be enrolled again")
        if lost.images > 0 {
            print("taken away: \(counted(lost.images, "profile image")), which the server deletes when it runs")
        }
        if let unchecked { print("the audit trail begins anew after entry \(unchecked)") }
        print("accounts, consent and attendance stay; start the server, and terminals delete the templates too")
    }

    private static func templates(_ lost: LostSeals) -> String {
        "\(counted(lost.templates, "template")) of \(counted(lost.people, "person", "people"))"
    }

    private static func text(_ lost: LostSeals) -> String {
        var parts: [String] = []
        if lost.templates > 0 { parts.append(templates(lost)) }
        if lost.images > 0 { parts.append(counted(lost.images, "profile image")) }
        if lost.hasTrail { parts.append("the audit trail") }
        return parts.joined(separator: ", ")
    }
}
