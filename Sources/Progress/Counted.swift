/// A number with its noun: `1 person`, `2 people`.
/// - Parameter many: the noun of all numbers but 1; without it, `one` with an s.
public func counted(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number) \(number == 1 ? one : many ?? one + "s")"
}
