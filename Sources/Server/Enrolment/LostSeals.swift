import Attendance
import Database
import FoundationEssentials

/// What the template key that there is does not open, because it was sealed with one that is lost.
public struct LostSeals: Sendable, Equatable {
    /// Ids of templates by their person.
    fileprivate var templatesByPerson: [UUID: [UUID]] = [:]
    fileprivate var profileImages: [ImageRecords.Record] = []
    /// Whether the key cannot check the audit trail either.
    public fileprivate(set) var hasTrail = false

    /// How many templates.
    public var templates: Int { templatesByPerson.values.reduce(0) { $0 + $1.count } }
    /// Of how many people.
    public var people: Int { templatesByPerson.count }
    /// How many profile images.
    public var images: Int { profileImages.count }
    /// Whether the key opens everything.
    public var isEmpty: Bool { templatesByPerson.isEmpty && profileImages.isEmpty && !hasTrail }
}

extension ServerDatabase {
    private static let pageSize: Int64 = 1000

    /// Tries the key on everything that it should open.
    /// - Parameter configuration: the one by which the database was opened.
    public func lostSeals(_ configuration: ServerConfiguration) throws(ServerError) -> LostSeals {
        var lost = LostSeals()
        var opens = false
        var last = ""
        while true {
            let rows = try people.database.all(
                "SELECT id, person, sealed, model FROM templates WHERE id > ? ORDER BY id LIMIT ?",
                [.text(last), .integer(Self.pageSize)])
            for row in rows {
                let (id, person) = try ServerError.wrap { () throws(DatabaseError) in
                    (try row.uuid("id"), try row.uuid("person"))
                }
                last = id.lowercased
                do throws(ServerError) {
                    _ = try people.vault.template(in: row)
                    opens = true
                } catch {
                    guard case .sealed = error else { throw error }
                    lost.templatesByPerson[person, default: []].append(id)
                }
            }
            if rows.count < Self.pageSize { break }
        }
        lost.profileImages = try lostImages(configuration.images)
        // A key that opens templates has made the trail's: a trail that is not as it was written then is no lost key.
        if !opens { lost.hasTrail = try audit.head(audit.database) == nil }
        return lost
    }

    /// Deletes it for good and has every terminal delete the templates. Whoever was enrolled keeps account, consent and
    /// attendance. The audit trail begins anew where the key cannot check it, and says all this.
    /// - Returns: the last entry of the audit trail that cannot be checked any more; nil for a trail that goes on.
    public func delete(_ lost: LostSeals) throws(ServerError) -> Int64? {
        let now = Clock.now
        return try transaction { session throws(ServerError) in
            for (person, templates) in lost.templatesByPerson.sorted(by: { $0.key.lowercased < $1.key.lowercased }) {
                for template in templates { try session.run("DELETE FROM templates WHERE id = ?", [.id(template)]) }
                try people.touch(person, session)
            }
            // The server deletes images that nobody has.
            for image in lost.profileImages {
                try session.run(
                    "UPDATE people SET image = NULL WHERE id = ? AND image = ?", [.id(image.person), .id(image.id)])
            }
            let unchecked = try lost.hasTrail ? audit.renew(now: now, session) : nil
            try audit.record(
                "key.lost", of: "template-key", by: .server,
                ["templates": "\(lost.templates)", "people": "\(lost.people)", "images": "\(lost.images)"], at: now,
                session)
            return unchecked
        }
    }

    /// Images that were sealed with a key that follows from the templates'.
    private func lostImages(_ configuration: ImagesConfiguration) throws(ServerError) -> [ImageRecords.Record] {
        guard configuration.store == .folder, configuration.keyFile == nil else { return [] }
        let used = try images.used(in: .folder)
        guard !used.isEmpty else { return [] }
        let store = try configuration.open(vault: people.vault)
        return used.filter { image in
            do throws(ImageError) { _ = try store.get(image.place, of: image.person) } catch .damaged {
                return true
            } catch {
                // It is missing, or cannot be read now: no reason to think that the key is wrong.
                return false
            }
            return false
        }
    }
}
