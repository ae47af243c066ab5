internal import ControlPlane
internal import Crypto
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Store

/// A POST that carries an Idempotency-Key is done once: what it writes is written with a receipt, and a repetition gets the
/// first answer, or the operation that it began, also after a crash.
struct OnceMiddleware: RouterMiddleware {
    typealias Context = APIContext
    let plane: ControlPlane

    func handle(_ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response) async throws -> Response {
        guard request.method == .post, let key = try request.headers[.idempotencyKey].map(Self.valid) else { return try await next(request, context) }
        // A rehearsal does nothing, so that it may be done again.
        if request.uri.queryParameters.get("dry_run") == "true" { return try await next(request, context) }
        try context.scope.requireCaller()
        var request = request
        let wish = ReceiptWish(actor: context.scope.actor, key: key, request: try await Self.digest(&request))
        if let done = try await plane.receipt(wish) { return try await answer(done, request, context) }
        do {
            return try await first(wish, request, context, next)
        } catch ControlPlaneError.refused(.repeated) {
            guard let done = try await plane.receipt(wish) else { throw ControlPlaneError.refused(.repeated) }
            return try await answer(done, request, context)
        }
    }

    private func first(_ wish: ReceiptWish, _ request: Request, _ context: APIContext, _ next: (Request, APIContext) async throws -> Response) async throws -> Response {
        let response = try await ReceiptWish.$current.withValue(wish) { try await next(request, context) }
        // Where an operation is the answer it is found by the receipt; a secret is kept nowhere.
        guard response.headers[.location] == nil, response.headers[.cacheControl] != "no-store" else { return response }
        var kept = response
        let body = try await Self.collected(response)
        kept.body = .init(byteBuffer: body)
        try await plane.keep(Receipt.Answer(status: response.status.code, body: Array(body.readableBytesView)), for: wish)
        return kept
    }

    private func answer(_ done: Receipt, _ request: Request, _ context: APIContext) async throws -> Response {
        if let operation = done.operation { return try await Answer.operation(operation, plane, request, context) }
        guard let answer = done.answer else { throw ControlPlaneError.refused(.wrongState("this request was done or is under way, and its answer is not kept: a secret never is, and roostd may have ended before it answered; look at what there is")) }
        return Response(status: HTTPResponse.Status(code: answer.status), headers: [.contentType: "application/json"], body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    }

    private static func valid(_ key: String) throws -> String {
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (33...126).contains($0) }) else { throw ControlPlaneError.invalid("Idempotency-Key: 1 to 255 visible ASCII characters") }
        return key
    }

    /// Reads the body, and puts it back. One with a password is left out: by a fast hash of it, which is kept, whoever reads the records could try passwords.
    private static func digest(_ request: inout Request) async throws -> [UInt8] {
        let body = try await request.wholeBody()
        request.body = .init(buffer: body)
        var hash = SHA256()
        hash.update(data: Array("\(request.method.rawValue)\n\(request.uri.string)\n".utf8))
        let path = request.uri.path
        if !Route.all.contains(where: { $0.method == "POST" && $0.takesPassword && $0.matches(path) }) { hash.update(data: body.readableBytesView) }
        return Array(hash.finalize())
    }

    private static func collected(_ response: Response) async throws -> ByteBuffer {
        let collector = Collector()
        try await response.body.write(collector)
        return collector.buffer
    }

    private final class Collector: ResponseBodyWriter {
        var buffer = ByteBuffer()
        func write(_ part: ByteBuffer) async throws { buffer.writeImmutableBuffer(part) }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

extension HTTPField.Name {
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!  // a token
}
