/// What a client asks of the status endpoint.
struct StatusRequest: Equatable {
    var method: String
    /// Decoded, without the query.
    var path: String
    /// The header Host; nil when there is none or more than one.
    var host: String?
    /// The header Accept-Language.
    var language: String?
    /// Clients that listen for events now.
    var streams = 0
}
