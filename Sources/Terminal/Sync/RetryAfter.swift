import CCurl

/// The Retry-After header in both its forms, RFC 9110 section 10.2.3.
enum RetryAfter {
    /// The wait a server asks for, or nil for what is not a wait: negative, empty, not a number, a date gone by.
    /// - Parameter date: the reply's own Date header; unlike the terminal's clock it is sure to fit the other.
    static func wait(_ value: String, date: String?) -> Duration? {
        let digits = value.utf8
        if !digits.isEmpty, digits.count <= 9, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let seconds = Int(value)
        {
            return seconds > 0 ? .seconds(seconds) : nil
        }
        // A date has letters; a long or signed number would be read as one otherwise.
        guard digits.contains(where: { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }), let date else { return nil }
        let then = curl_getdate(value, nil)
        let now = curl_getdate(date, nil)
        guard then >= 0, now >= 0, then > now else { return nil }
        return .seconds(then - now)
    }
}
