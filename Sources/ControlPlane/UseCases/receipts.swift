package import Store

extension ControlPlane {
    /// What was done already for this very request. Throws where the key was used for another.
    package func receipt(_ wish: ReceiptWish) async throws(ControlPlaneError) -> Receipt? {
        guard let found = try await tried({ try await store.receipt(wish) }) else { return nil }
        guard found.request == wish.request else { throw .refused(.wrongState("this Idempotency-Key was used for another request")) }
        return found
    }

    package func keep(_ answer: Receipt.Answer, for wish: ReceiptWish) async throws(ControlPlaneError) { try await tried { try await store.keep(answer, for: wish) } }
}
