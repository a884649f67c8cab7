/// The version of the terminal's programs, as `--version`, the status endpoint and the heartbeat give it.
public let terminalVersion = "0.1.0"
