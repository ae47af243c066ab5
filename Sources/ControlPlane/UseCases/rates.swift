package import Domain
internal import Store

extension ControlPlane {
    /// What is left for whoever asks, this request counted. Nil: he is not limited. Throws `tooManyRequests`.
    package func admit(_ scope: Scope) throws(ControlPlaneError) -> Allowance? {
        guard let token = scope.token else { return nil }
        var least = try allowed(rateBook.take(.token(token), policy.rate, at: store.time))
        for (key, factor) in [(scope.tenant.map(RateBook.Key.tenant), Policy.tenantFactor), (scope.reseller.map(RateBook.Key.reseller), Policy.tenantFactor * Int64(Holder.resellerFactor))] {
            guard let key else { continue }
            let whole = try allowed(rateBook.take(key, policy.rate.times(factor), at: store.time))
            if whole.remaining < least.remaining { least = whole }
        }
        return least
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
