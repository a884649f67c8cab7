/// The paths, headers and media types of the protocol between a terminal and the server.
public enum Endpoint {
    /// POST a `MarkBatch`, answered by a `MarkReceipt`.
    public static let marks = "/v1/terminal/marks"
    /// POST a `WalkByBatch`, answered by a `WalkByReceipt`. A server from before it answers 404.
    public static let walkBys = "/v1/terminal/walk-bys"
    /// GET a `RosterDelta`; the cursor of the last one in the query.
    public static let roster = "/v1/terminal/roster"
    /// POST a `Heartbeat`, answered by a `HeartbeatReply`.
    public static let heartbeat = "/v1/terminal/heartbeat"
    /// POST a `RegistrationRequest`, without a token, answered by a `TokenGrant`.
    public static let register = "/v1/terminal/register"
    /// POST a `TokenRequest`, answered by a `TokenGrant`.
    public static let token = "/v1/terminal/token"
    /// The query parameter of `roster`. Left out, the whole roster follows.
    public static let cursorParameter = "cursor"

    /// Of every message.
    public static let mediaType = "application/json"
    /// Of every refusal: a `ProblemDocument`.
    public static let problemMediaType = "application/problem+json"
    /// Before the terminal's token in the header Authorization.
    public static let authorizationScheme = "Bearer"

    /// No body of the protocol is larger; each message has a lower limit of its own, `WireMessage.maximumBytes`.
    public static let maximumBodyBytes = 8 << 20
}
