internal import APIModel
internal import ControlPlane
internal import Domain
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOFoundationCompat

/// A body that is not the JSON that was expected.
struct BodyError: Error {
    let description: String
}

extension Request {
    static let largestBody = 64 << 10

    func decode<Body: RequestBody>(_ type: Body.Type) async throws -> Body {
        guard let body = try await decodeOptional(type) else { throw BodyError(description: "the body is empty") }
        return body
    }

    /// Nil: there is no body.
    func decodeOptional<Body: RequestBody>(_ type: Body.Type) async throws -> Body? {
        let buffer: ByteBuffer
        do { buffer = try await body.collect(upTo: Self.largestBody) } catch let error where error is NIOTooManyBytesError || error is HTTPError {
            throw ControlPlaneError.invalid("the body is larger than 64 KiB")
        }
        guard buffer.readableBytes > 0 else { return nil }
        let data = Data(buffer: buffer)
        let shape: Shape
        do { shape = try JSONDecoder().decode(Shape.self, from: data) } catch { throw BodyError(description: "not JSON") }
        if let unknown = shape.unknown(Body.fields) { throw BodyError(description: "unknown field \(unknown.debugDescription)") }
        do { return try JSONDecoder().decode(Body.self, from: data) } catch let error as DecodingError { throw BodyError(description: error.words) }
    }

    /// `?limit=`: 1 to 1000, else 100.
    func limit() throws -> Int {
        guard let text = uri.queryParameters.get("limit") else { return 100 }
        guard let limit = Int(text), (1...1000).contains(limit) else { throw ControlPlaneError.invalid("limit must be from 1 to 1000") }
        return limit
    }

    /// RFC 7240's `Prefer: wait=N`, in seconds; one that can't be read is ignored, as the RFC says.
    var preferredWait: Int? {
        for preference in headers[values: .prefer].flatMap({ $0.split(separator: ",") }) {
            let parts = preference.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            if parts.count == 2, parts[0].lowercased() == "wait", let seconds = Int(parts[1]), seconds >= 0 { return min(seconds, ControlPlane.longestWait) }
        }
        return nil
    }
}

extension HTTPField.Name {
    static let prefer = HTTPField.Name("Prefer")!  // a token
    static let preferenceApplied = HTTPField.Name("Preference-Applied")!  // a token
    static let requestID = HTTPField.Name("X-Request-Id")!  // a token
}

extension APIContext {
    /// A part of the path, percent-decoded.
    func parameter(_ name: String) throws -> String {
        guard let raw = parameters.get(name), let text = raw.removingPercentEncoding else { throw ControlPlaneError.invalid("the path is not percent-encoded UTF-8") }
        return text
    }

    func name(_ parameter: String) throws -> Name { try HTTPAPI.name(try self.parameter(parameter), of: parameter == "name" ? "VPS" : parameter) }
}

func name(_ text: String, of what: String? = nil) throws -> Name {
    do { return try Name(text) } catch { throw ControlPlaneError.invalid(what.map { "\($0): \(error)" } ?? "\(error)") }
}

extension DecodingError {
    /// Where, and what; without repeating the body.
    fileprivate var words: String {
        switch self {
        case .keyNotFound(let key, let context): "the field \(Self.path(context.codingPath + [key])) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context): "the field \(Self.path(context.codingPath)) is of another type than it must be"
        case .dataCorrupted(let context): context.codingPath.isEmpty ? "a number is no whole number of at most 64 bits" : "the field \(Self.path(context.codingPath)) holds what it can't"
        @unknown default: "not JSON"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String { keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".") }
}
