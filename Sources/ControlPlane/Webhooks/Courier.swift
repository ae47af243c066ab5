internal import Domain
internal import Identity
internal import Logging
package import Store

/// Sends events to webhooks: to each in their order, one at a time, each until it is taken; to different ones side by side. After a
/// crash each goes on after the last event that is noted as taken: what was taken and not noted is sent again, with the same id.
package actor Courier {
    private let plane: ControlPlane
    private let link: any WebhookLink
    /// What is sent of an event.
    private let body: @Sendable (EventRecord) throws -> [UInt8]
    private var rounds = CourierRounds(most: 64, ofOne: 4)
    /// Up to which event there was nothing that a webhook wants. Rarely written down: what is lost of it is only looked at again.
    private var passed: [String: Int64] = [:]
    /// All events up to this one are known.
    private var last: Int64 = 0

    package init(_ plane: ControlPlane, through link: any WebhookLink, body: @escaping @Sendable (EventRecord) throws -> [UInt8]) {
        self.plane = plane
        self.link = link
        self.body = body
    }

    /// Until cancelled. Throws if the records can't be read at the start.
    package func run() async throws {
        var seen = plane.store.version  // before: what comes in between is looked at
        last = try await plane.store.newestEvent()
        try await learnWebhooks()
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let version = plane.store.version
                if version != seen, await look() { seen = version }
                for id in rounds.begin(at: plane.store.time, atMost: plane.policy.patience.redelivery.upperBound.milliseconds) { group.addTask { await self.turn(id) } }
                try? await Task.sleep(for: plane.policy.patience.look)  // cancellation ends the loop
            }
            group.cancelAll()
        }
    }

    /// What happened since the last look. False: the records could not be read, or there may be more.
    private func look() async -> Bool {
        do {
            let events = try await plane.store.events(EventFilter(after: last), limit: 1000)
            if events.contains(where: { $0.kind.hasPrefix("webhook.") || $0.kind == "tenant.deleted" }) { try await learnWebhooks() }
            rounds.note(events.map(\.subject))
            last = events.last?.id ?? last
            return events.count < 1000
        } catch {
            if Task.isCancelled { return false }
            plane.logger.error("what happened could not be read for the webhooks", metadata: ["error": "\(error)"])
            return false
        }
    }

    private func learnWebhooks() async throws {
        let webhooks = try await plane.store.webhooks(of: nil).filter { $0.disabledAt == nil }
        rounds.replace(with: webhooks)
        let ids = Set(webhooks.map(\.id))
        passed = passed.filter { ids.contains($0.key) }
    }

    private func turn(_ id: String) async {
        do {
            rounds.end(id, try await deliver(id))
        } catch ControlPlaneError.refused(.notFound) {
            rounds.end(id, .idle)  // its tenant is gone, and it with him
        } catch {
            if Task.isCancelled { return }  // the daemon ends; what was not taken is sent at its next start
            plane.logger.error("a webhook's events could not be read, or what came of them not be noted", metadata: ["webhook": "\(id)", "error": "\(error)"])
            rounds.end(id, .notBefore(plane.store.time + plane.policy.patience.redelivery.lowerBound.milliseconds))
        }
    }

    /// One event after another, until others are to have their turn. What was taken is noted once a second, and in the end: after a crash as much is sent again.
    private func deliver(_ id: String) async throws -> CourierRounds.End {
        let end = ContinuousClock.now + plane.policy.patience.turn
        var taken = Taken()
        var events: [EventRecord] = []
        while true {
            if events.isEmpty, let webhook = try await plane.store.webhook(id) { events = try await next(for: webhook, after: taken.event) }
            // After they were read: a webhook that is there still is the same tenant's, and they are its own.
            guard let event = events.first, let webhook = try await plane.store.webhook(id), webhook.disabledAt == nil else { break }
            guard ContinuousClock.now < end else {
                try await note(&taken, by: id)
                return .more
            }
            let answer = try await send(event, to: webhook)
            switch DeliveryVerdict.of(answer, webhook, at: plane.store.time, under: plane.policy.patience, chance: .random(in: 0...1)) {
            case .taken:
                (taken.event, taken.answer) = (event.id, "\(answer)")
                events.removeFirst()
                // At once where it failed before: its next failure is then the first.
                if webhook.attempts > 0 || ContinuousClock.now - taken.noted > .seconds(1) { try await note(&taken, by: id) }
            case .later:
                try await note(&taken, by: id)
                return .notBefore(plane.store.time + plane.policy.patience.redelivery.lowerBound.milliseconds)
            case .again(let time):
                try await note(&taken, by: id)
                try await plane.store.noteFailure(of: id, answer: "\(answer)", nextAttemptAt: time)
                return .notBefore(time)
            case .disable(let reason):
                try await note(&taken, by: id)
                try await plane.store.disableWebhook(id, answer: "\(answer)", reason, by: "courier")
                return .idle
            }
        }
        try await note(&taken, by: id)
        return .idle
    }

    /// Up to which event all has been taken, since it was noted last.
    private struct Taken {
        var event: Int64?
        var answer = ""
        var noted = ContinuousClock.now
    }

    private func note(_ taken: inout Taken, by id: String) async throws {
        guard let event = taken.event else { return }
        try await plane.store.noteDelivery(of: event, to: id, answer: taken.answer)
        taken = Taken()
    }

    private func send(_ event: EventRecord, to webhook: WebhookRecord) async throws -> DeliveryAnswer {
        let (id, timestamp, body) = ("evt_\(event.id)", plane.store.time / 1000, try body(event))
        let message = WebhookMessage(id: id, timestamp: timestamp, signature: WebhookSecret(try plane.store.unseal(webhook.secret)).signature(of: body, id: id, timestamp: timestamp), body: body)
        do throws(WebhookLinkError) {
            return .status(try await link.send(message, to: webhook.url, isPlatforms: webhook.isPlatforms))
        } catch {
            try Task.checkCancellation()  // what fails then fails for that
            return .none(error)
        }
    }

    /// The oldest that it wants and has not taken, as its owner may see them. Empty: there are none. `after`: what was taken, and is not noted yet.
    private func next(for webhook: WebhookRecord, after taken: Int64?) async throws -> [EventRecord] {
        let scope = webhook.tenant.map(Scope.tenant) ?? .admin
        let newest = try await plane.store.newestEvent()  // before: what comes in between is read the next time
        var (last, noted) = (max(webhook.cursor, passed[webhook.id] ?? 0, taken ?? 0), webhook.cursor)
        while true {
            let events = try await plane.events(scope, of: webhook.tenant, EventFilter(after: last), limit: 50)
            let wanted = events.filter(webhook.wants)
            if !wanted.isEmpty { return wanted }
            last = events.last?.id ?? max(last, newest)
            passed[webhook.id] = last
            if last - noted > 1000, taken == nil {
                try await plane.store.noteNothing(upTo: last, for: webhook.id)
                noted = last
            }
            if events.isEmpty { return [] }
        }
    }
}
