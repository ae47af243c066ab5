package import Domain
internal import Store

extension ControlPlane {
    /// What is left for whoever asks, this request counted. Nil: he is not limited. Throws `tooManyRequests`.
    package func admit(_ scope: Scope) throws(ControlPlaneError) -> Allowance? {
        guard let token = scope.token else { return nil }
        let own = rateBook.take(.token(token), policy.rate, at: store.time)
        guard own.retryInSeconds == nil, let tenant = scope.tenant else { return try allowed(own) }
        let whole = rateBook.take(.tenant(tenant), policy.rate.times(Policy.tenantFactor), at: store.time)
        return try allowed(whole.retryInSeconds == nil && own.remaining <= whole.remaining ? own : whole)
    }

    /// Whoever shows no good token may try again, but not without end; those that come from his network with a good one are not kept out.
    /// He is refused after a while only: else whoever asks again at once would have as much of the daemon as those who are let in.
    package func admitStranger(from source: String?) async throws {
        let allowance = rateBook.take(.stranger(ClientNetwork.of(source)), policy.strangersRate, at: store.time)
        if allowance.retryInSeconds != nil, let place = strangersWaiting.enter() {
            try await Task.sleep(for: policy.patience.tooMany)
            withExtendedLifetime(place) {}
        }
        _ = try allowed(allowance)
    }

    private func allowed(_ allowance: Allowance) throws(ControlPlaneError) -> Allowance {
        guard allowance.retryInSeconds == nil else { throw .tooManyRequests(allowance) }
        return allowance
    }
}
