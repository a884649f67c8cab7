import Database
import Faces
import FoundationEssentials

extension PeopleStore {
    /// What is missing among the photographs that a person is enrolled with; nothing where there is none.
    func missing(of person: UUID) throws(ServerError) -> [EnrolmentAdvice] {
        let rows = try database.all(
            "SELECT person, sealed, model, quality FROM templates WHERE person = ? ORDER BY id", [.id(person)])
        var descriptors: [Descriptor] = []
        var views: [EnrolledView] = []
        for row in rows {
            guard let descriptor = Descriptor(littleEndianBytes: try vault.template(in: row)) else { continue }
            descriptors.append(descriptor)
            let line = try ServerError.wrap { () throws(DatabaseError) in try row.text("quality") }
            if let view = MeasureLine.view(in: line) { views.append(view) }
        }
        return EnrolmentAdvice.missing(among: descriptors, views: views)
    }
}
