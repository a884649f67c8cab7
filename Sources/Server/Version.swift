/// The version of the server's programs, as `--version` gives it.
public let serverVersion = "0.1.0"
