internal import APIModel

/// The fields of a request's body: what is not among them is refused.
indirect enum Fields {
    case value
    case object([String: Fields])
}

protocol RequestBody: Decodable, Sendable {
    static var fields: Fields { get }
}

extension Quota {
    static let fields = Fields.object(["vps": .value, "cpuMillicores": .value, "memoryBytes": .value, "diskBytes": .value, "addresses": .value])
}
extension TenantCreate: RequestBody {
    static var fields: Fields { .object(["name": .value, "quota": Quota.fields]) }
}
extension TenantChange: RequestBody {
    static var fields: Fields { Quota.fields }
}
extension PlanCreate: RequestBody {
    static var fields: Fields {
        .object(["name": .value, "cpuMillicores": .value, "memoryBytes": .value, "diskBytes": .value, "swapBytes": .value, "processes": .value, "nesting": .value])
    }
}
extension TemplateBuild: RequestBody {
    static var fields: Fields { .object(["name": .value]) }
}
extension VPSCreate: RequestBody {
    static var fields: Fields { .object(["name": .value, "plan": .value, "template": .value, "sshKeys": .value, "start": .value]) }
}
extension PowerChange: RequestBody {
    static var fields: Fields { .object(["force": .value]) }
}

/// What a JSON document is made of, as far as its fields' names go.
enum Shape: Decodable {
    case object([String: Shape])
    case other

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: AnyKey.self) {  // what is no object has no fields
            var fields: [String: Shape] = [:]
            for key in container.allKeys { fields[key.stringValue] = try container.decode(Shape.self, forKey: key) }
            self = .object(fields)
        } else {
            self = .other
        }
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// The first field that `known` doesn't name, as a path.
    func unknown(_ known: Fields, _ path: String = "") -> String? {
        guard case .object(let fields) = self, case .object(let knownFields) = known else { return nil }
        for (name, shape) in fields.sorted(by: { $0.key < $1.key }) {
            guard let inner = knownFields[name] else { return path + name }
            if let unknown = shape.unknown(inner, "\(path)\(name).") { return unknown }
        }
        return nil
    }
}
