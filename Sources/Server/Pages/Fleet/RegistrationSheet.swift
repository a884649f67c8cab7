import Attendance

/// How a technician registers a terminal with a code: what to type there, and the same as a QR code for a telephone.
struct RegistrationSheet: Sendable {
    let code: SecretToken
    /// Where the reader has found the server, as `rollcall.school.example:8443`; nil where that is not told.
    let authority: String?

    /// - Parameter host: of the request, which whoever sent it wrote: only what can be a host and a port counts.
    init(code: SecretToken, host: String?) {
        self.code = code
        authority = host.flatMap { host in
            let isHost =
                !host.isEmpty && host.utf8.count <= 255
                && host.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"):
                        true
                    default: ".-:[]".utf8.contains(byte)
                    }
                }
            return isHost ? host : nil
        }
    }

    /// The line of terminal.toml.
    var setting: String? { authority.map { "url = \"https://\($0)\"" } }

    var command: String { "sudo rollcallctl register --code \(code.text)" }

    /// What the QR code says: lines for a shell of the terminal, the first of them a comment with the server's address.
    var text: String {
        let server = authority.map { "# server.url = \"https://\($0)\"\n" } ?? ""
        return server + command
    }

    /// For a template.
    var values: [String: Any] {
        let picture = QRCode(text)
        return [
            "code": code.text, "command": command, "hasSetting": setting != nil, "setting": setting ?? "",
            "hasPicture": picture != nil, "svg": picture?.svg ?? "", "sheet": text,
        ]
    }
}
