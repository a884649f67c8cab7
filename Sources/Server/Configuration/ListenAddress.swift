import Configuration
import Glibc
import NIOCore

extension Accepted where Value == String {
    /// An address of this machine, as a number.
    static var listenAddress: Self {
        text.parsed(as: "an IPv4 or IPv6 address, as \"0.0.0.0\" or \"::1\"") { text in
            var room = in6_addr()
            return inet_pton(AF_INET, text, &room) == 1 || inet_pton(AF_INET6, text, &room) == 1 ? text : nil
        }
    }
}

extension ServerError {
    /// What kept the server from listening, or ended it, with the next step.
    static func ended(_ error: any Error, address: String, port: Int) -> ServerError {
        let place = "listening on \(address), port \(port)"
        return switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: .machine("\(place): in use by another program; stop that one, or set another listen.port")
        case EADDRNOTAVAIL, EAFNOSUPPORT:
            .machine("\(place): this machine does not have the address; set listen.address to one of its own")
        case EACCES:
            .machine("\(place): this user may not take that port; set listen.port to one from 1024 on")
        default: .stopped(reason: "\(address):\(port): \(error)")
        }
    }
}
