import Attendance
import FoundationEssentials

/// A person of the roster with all templates.
public struct RosterEntry: Sendable, Equatable, Codable {
    /// The person.
    public var id: UUID
    /// The person's name, 1 to `maximumNameBytes` bytes, one line.
    public var name: String
    /// The class, 1 to `AttendancePolicy.maximumClassNameBytes` bytes, one line.
    public var className: String
    /// 1 to `maximumTemplates` descriptors of `templateBytes` bytes: 128 little-endian floats, all finite.
    public var templates: [[UInt8]]
    /// What made the templates.
    public var model: String

    /// dlib's ResNet behind dlib's own detection and alignment: the only model whose templates can be compared.
    public static let dlibModel = "dlib-resnet-v1"
    /// 128 floats.
    public static let templateBytes = 512
    /// Templates of one person.
    public static let maximumTemplates = 16
    /// Bytes of a name in UTF-8.
    public static let maximumNameBytes = 200

    /// A person; the roster delta validates it.
    public init(id: UUID, name: String, className: String, templates: [[UInt8]], model: String = dlibModel) {
        self.id = id
        self.name = name
        self.className = className
        self.templates = templates
        self.model = model
    }

    /// What is wrong with the person, or nil.
    var defect: String? {
        guard Check.isLine(name, limit: RosterEntry.maximumNameBytes) else { return "the name is not one short line" }
        guard Check.isLine(className, limit: AttendancePolicy.maximumClassNameBytes) else {
            return "the class is not one short line"
        }
        guard model == RosterEntry.dlibModel else {
            return "templates of the model \(printable(model)), which this terminal cannot compare; update the terminal"
        }
        guard 1...RosterEntry.maximumTemplates ~= templates.count else { return "\(templates.count) templates" }
        for (index, template) in templates.enumerated() {
            guard template.count == RosterEntry.templateBytes else {
                return "template \(index) has \(template.count) bytes instead of \(RosterEntry.templateBytes)"
            }
            // The exponent of a float that is infinite or not a number has all its bits set.
            let isFinite = stride(from: 0, to: template.count, by: 4).allSatisfy {
                template[$0 + 3] & 0x7F != 0x7F || template[$0 + 2] & 0x80 == 0
            }
            guard isFinite else { return "template \(index) holds a value that is not a finite number" }
        }
        return nil
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, templates, model
        case className = "class"
    }

    /// Reads a person; templates are base64.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            id: values.decode(UUID.self, forKey: .id), name: values.decode(String.self, forKey: .name),
            className: values.decode(String.self, forKey: .className),
            templates: values.decode([Data].self, forKey: .templates).map { [UInt8]($0) },
            model: values.decode(String.self, forKey: .model))
    }

    /// Writes a person; templates as base64.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(name, forKey: .name)
        try values.encode(className, forKey: .className)
        try values.encode(templates.map { Data($0) }, forKey: .templates)
        try values.encode(model, forKey: .model)
    }
}
