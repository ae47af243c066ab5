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
    static let deepestBody = 8

    func wholeBody() async throws -> ByteBuffer {
        do { return try await body.collect(upTo: Self.largestBody) } catch let error where error is NIOTooManyBytesError || error is HTTPError {
            throw ControlPlaneError.invalid("the body is larger than 64 KiB")
        }
    }

    /// `schema`: what of the body's own is taken here. Nil: all.
    func decode<Body: RequestBody>(_ type: Body.Type, as schema: Schema.Named? = nil) async throws -> Body {
        guard let body = try await decodeOptional(type, as: schema) else { throw BodyError(description: "the body is empty") }
        return body
    }

    /// Nil: there is no body.
    func decodeOptional<Body: RequestBody>(_ type: Body.Type, as schema: Schema.Named? = nil) async throws -> Body? {
        let buffer = try await wholeBody()
        guard buffer.readableBytes > 0 else { return nil }
        // Foundation's decoder takes a time that grows with the square of the depth.
        guard JSON.depth(of: buffer.readableBytesView) <= Self.deepestBody else { throw BodyError(description: "lists and objects are nested deeper than \(Self.deepestBody)") }
        let data = Data(buffer: buffer)
        let value: JSON
        do { value = try JSONDecoder().decode(JSON.self, from: data) } catch { throw BodyError(description: "not JSON, or a number that nothing can hold") }
        if let problem = Schema.named(schema ?? Body.schema).problem(in: value) { throw BodyError(description: problem) }
        return try JSONDecoder().decode(Body.self, from: data)
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

    /// The tenant that the path names. Nil: it names none, as what is asked for is the platform's.
    func tenant() throws -> Name? { parameters.get("tenant") == nil ? nil : try name("tenant") }

    func name(_ parameter: String) throws -> Name { try HTTPAPI.name(try self.parameter(parameter), of: parameter == "name" ? "VPS" : parameter) }
}
