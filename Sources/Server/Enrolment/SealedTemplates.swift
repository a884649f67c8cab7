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
            throw .damaged(
                what: "a template of person \(person.lowercased)",
                reason: "it was changed, or sealed with another key than [keys] template_key_file")
        }
    }
}
