import Configuration

/// The door for a photograph without a login: the table `[upload]`.
public struct UploadConfiguration: Sendable, Equatable {
    /// Off, the path is not there.
    public var isEnabled = false
    /// From where a photograph may come; from nowhere unless it is said.
    public var networks = NetworkList()
    /// Photographs a minute from one address.
    public var perAddress = 6
    /// Photographs a minute from all addresses together.
    public var total = 60
    /// No answer about who is on a photograph comes sooner, so that its time tells nothing.
    public var shortestAnswer = Duration.seconds(2)

    /// Off.
    public init() {}

    /// Reads the table.
    init(_ document: TomlDocument) throws(ConfigurationError) {
        let table = try document.table("upload")
        isEnabled = try table.read("enabled", .boolean, default: false)
        networks = NetworkList(try table.read("networks", .list(of: Self.network), default: []))
        perAddress = try table.read("per_address", .integer(in: 1...1000), default: perAddress)
        total = try table.read("total", .integer(in: 1...10_000), default: total)
        shortestAnswer = try table.read("shortest_answer", .seconds(in: 0.5...20), default: shortestAnswer)
        if isEnabled, networks.networks.isEmpty {
            throw table.refusal("networks", "no network may upload; name those of the school, as [\"10.0.0.0/8\"]")
        }
    }

    private static var network: Accepted<NetworkList.Network> {
        Accepted<String>.text.parsed(as: "a network, as \"10.0.0.0/8\" or \"fd00::/8\"") { NetworkList.Network($0) }
    }
}
