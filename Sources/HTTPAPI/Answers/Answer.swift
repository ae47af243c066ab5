internal import APIModel
internal import ControlPlane
internal import Crypto
internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Store

enum Answer {
    static let nothing = Response(status: .noContent)

    static func json(_ value: some Encodable, _ status: HTTPResponse.Status = .ok, applied wait: Int? = nil) throws -> Response {
        var response = try encoded(value, status, "application/json")
        if let wait { response.headers[.preferenceApplied] = "wait=\(wait)" }
        return response
    }

    /// With its ETag; 304 without a body where the caller has it so already (RFC 9110, 13.1.2). `state`: the record's.
    static func resource(_ value: some Encodable, state: some Audited, _ request: Request) throws -> Response {
        let body = try encode(value)
        let digest = Hexadecimal.text(SHA256.hash(data: body.readableBytesView).prefix(8))
        let known = try request.method == .get ? request.headers[.ifNoneMatch].map { try EntityTag.list($0) } ?? [] : []
        let isKnown = known.contains { $0.isLike(state: state.tag, digest: digest) }
        var response = isKnown ? Response(status: .notModified) : Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: body))
        response.headers[.eTag] = EntityTag.text(state: state.tag, digest: digest)
        return response
    }

    /// A page of what `elements` gives, which comes in the listing's own order. What was asked for is read before anything is done.
    static func listing(_ listing: Listing, _ request: Request, _ elements: () async throws -> some RandomAccessCollection<some Encodable>) async throws -> Response {
        let query = try ListQuery(request.uri, of: listing)
        return try page(try Page.of(try await elements(), query), of: listing)
    }

    /// Of a listing whose elements are chosen where they are kept: `elements` gives one more than was asked for.
    static func chosenListing(_ listing: Listing, _ request: Request, _ elements: (ListQuery) async throws -> [some Encodable]) async throws -> Response {
        let query = try ListQuery(request.uri, of: listing)
        return try page(try Page.cut(try await elements(query), query), of: listing)
    }

    private static func page(_ page: Page, of listing: Listing) throws -> Response {
        try json(JSON.object([listing.name: .list(page.elements)]).with("next", try page.next.map { .text(try $0.text()) }))
    }

    /// Seen once, and kept nowhere: nor with a receipt.
    static func secret(_ value: some Encodable) throws -> Response {
        var response = try json(value, .created)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    static func problem(_ problem: Problem) throws -> Response { try encoded(problem, HTTPResponse.Status(code: problem.status), "application/problem+json") }

    /// 202 with the operation as it is; with `Prefer: wait=N`, 200 if it ended within N seconds.
    static func operation(_ begun: OperationRecord, _ plane: ControlPlane, _ request: Request, _ context: APIContext) async throws -> Response {
        try await operation(begun.id, plane, request, context)
    }

    static func operation(_ id: String, _ plane: ControlPlane, _ request: Request, _ context: APIContext) async throws -> Response {
        let wait = request.preferredWait
        let operation = Operation(try await plane.operation(context.scope, id, wait: wait ?? 0), for: context.scope)
        var response = try json(operation, operation.finishedAt == nil || wait == nil ? .accepted : .ok, applied: wait)
        response.headers[.location] = "/v1/operations/\(operation.id)"
        return response
    }

    private static func encoded(_ value: some Encodable, _ status: HTTPResponse.Status, _ type: String) throws -> Response {
        Response(status: status, headers: [.contentType: type], body: .init(byteBuffer: try encode(value)))
    }

    static func encode(_ value: some Encodable) throws -> ByteBuffer { ByteBuffer(bytes: try JSON(encoding: value).serialized()) }
}
