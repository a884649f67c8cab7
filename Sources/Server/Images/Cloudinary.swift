import Attendance
import FoundationEssentials

/// Images at Cloudinary by its upload API, as assets of the type `authenticated`: their addresses need a signature, and
/// only this server makes it. Addresses are not handed out; the server fetches the image for whoever may see it.
struct Cloudinary: Sendable {
    private let account: CloudinaryAccount
    private let secret: CloudinarySecret
    private static let type = "authenticated"

    init(_ account: CloudinaryAccount, secret: CloudinarySecret) {
        self.account = account
        self.secret = secret
    }

    private struct Uploaded: Decodable {
        let public_id: String
        let type: String
    }

    private struct Destroyed: Decodable {
        let result: String
    }

    private struct Refusal: Decodable {
        struct Words: Decodable { let message: String }
        let error: Words
    }

    func upload(_ jpeg: [UInt8], as place: String) throws(ImageError) {
        let parameters = ["public_id": place, "type": Self.type, "overwrite": "false"]
        let answer: Uploaded = try call("upload", parameters, file: jpeg)
        guard answer.public_id == place, answer.type == Self.type else {
            throw .refused("the image was stored under another name or type than was asked for")
        }
    }

    func destroy(_ place: String) throws(ImageError) {
        let answer: Destroyed = try call(
            "destroy", ["public_id": place, "type": Self.type, "invalidate": "true"], file: nil)
        guard answer.result == "ok" || answer.result == "not found" else {
            throw .unavailable("an image was not deleted: \(answer.result.prefix(100))")
        }
    }

    func download(_ place: String) throws(ImageError) -> [UInt8] {
        let path = "\(place).jpg"
        let signature = secret.deliverySignature(of: path, account.digest)
        let transfer = try HTTPSTransfer(authorityFile: account.authorityFile)
        let reply = try transfer.get(
            "\(account.deliveryAddress)/\(account.cloudName)/image/\(Self.type)/\(signature)/\(path)")
        switch reply.status {
        case 200: return reply.body
        case 404: throw .missing
        default: throw refusal(reply)
        }
    }

    /// One signed call of the upload API.
    private func call<Answer: Decodable>(
        _ action: String, _ parameters: [String: String], file: [UInt8]?
    ) throws(ImageError) -> Answer {
        var signed = parameters
        signed["timestamp"] = "\(Clock.now.seconds)"
        var fields = signed
        fields["signature"] = secret.signature(of: signed, account.digest)
        fields["api_key"] = account.apiKey
        let form = MultipartForm(fields: fields, file: file)
        let transfer = try HTTPSTransfer(authorityFile: account.authorityFile)
        let reply = try transfer.post(
            "\(account.apiAddress)/v1_1/\(account.cloudName)/image/\(action)", form.body, type: form.mediaType)
        guard reply.status == 200 else { throw refusal(reply) }
        do {
            return try JSONDecoder().decode(Answer.self, from: Data(reply.body))
        } catch {
            throw .unavailable("the answer to \(action) is not what Cloudinary documents")
        }
    }

    private func refusal(_ reply: HTTPSTransfer.Reply) -> ImageError {
        let words =
            (try? JSONDecoder().decode(Refusal.self, from: Data(reply.body)))?.error.message ?? "no reason given"
        let line = String(
            words.unicodeScalars.prefix(200).map { $0.properties.generalCategory == .control ? " " : $0 }
                .reduce(into: "") { $0.unicodeScalars.append($1) })
        return (400..<500).contains(reply.status) && reply.status != 429
            ? .refused("status \(reply.status), \(line)") : .unavailable("status \(reply.status), \(line)")
    }
}

/// A form as browsers send it (RFC 7578).
struct MultipartForm {
    let mediaType: String
    let body: [UInt8]

    /// - Parameter file: goes into the field `file`, as a JPEG.
    init(fields: [String: String], file: [UInt8]?) {
        // Random enough that no file holds it by chance.
        let boundary = "rollcall-\(ImageStore.newPlace())"
        mediaType = "multipart/form-data; boundary=\(boundary)"
        var bytes: [UInt8] = []
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        if let file {
            bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"image.jpg\"\r\n".utf8
            bytes += "Content-Type: image/jpeg\r\n\r\n".utf8
            bytes += file
            bytes += "\r\n".utf8
        }
        bytes += "--\(boundary)--\r\n".utf8
        body = bytes
    }
}
