import Database
import FoundationEssentials

extension TemplateVault {
    /// Opens the template in a row with the columns `person`, `sealed` and `model`.
    func template(in row: Row) throws(ServerError) -> [UInt8] {
        let person = try ServerError.wrap { () throws(DatabaseError) in try row.uuid("person") }
        let model = try ServerError.wrap { () throws(DatabaseError) in try row.text("model") }
        let sealed = try ServerError.wrap { () throws(DatabaseError) in try row.blob("sealed") }
        do {
            return try open(sealed, person: person, model: model)
        } catch {
            throw .sealed(what: "a template of person \(person.lowercased)")
        }
    }

    /// Throws unless the stored templates can be opened with this key: one stands for all.
    func checkTemplates(in session: any SQLSession) throws(ServerError) {
        let row = try session.first("SELECT person, sealed, model FROM templates LIMIT 1")
        if let row { _ = try template(in: row) }
    }
}
