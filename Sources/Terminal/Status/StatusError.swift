import Glibc

/// Why the status endpoint does not serve.
public enum StatusError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another program listens there.
    case addressInUse(address: String, port: Int)
    /// The address is not one of this machine, or the port needs a permission.
    case notBound(address: String, port: Int, code: Int32)
    /// Not an IPv4 or IPv6 address.
    case badAddress(String)
    /// The thread that tells the pages at the door what happens could not be made.
    case noFeed(ThreadError)

    /// One line: what, where, and the next step.
    public var description: String {
        switch self {
        case .addressInUse(let address, let port):
            "status endpoint on \(address), port \(port): in use by another program; set another status.port"
        case .notBound(let address, let port, let code):
            "status endpoint on \(address), port \(port): \(String(cString: strerror(code))); check status.address and status.port"
        case .badAddress(let address):
            "status endpoint on \(address): not an IP address; set status.address to one such as 127.0.0.1"
        case .noFeed(let error): "status endpoint: \(error)"
        }
    }
}
