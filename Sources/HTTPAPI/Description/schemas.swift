internal import APIModel
internal import ControlPlane
internal import Domain
internal import Store

/// What the values of bodies and paths are.
extension Schema {
    static let name = text(Text(pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", length: 1...Name.longest))
    static let vpsID = text(Text(pattern: "^[a-hjkmnp-z2-9]{10}$"))
    static let operationID = text(Text(pattern: "^[0-9a-f]{16}$"))
    static let tokenID = text(Text(pattern: "^[0-9a-f]{16}$"))
    static let digest = text(Text(pattern: "^[0-9a-f]{64}$"))
    static let time = text(Text(format: "date-time"))
    static let count = integer(0...Int64.max)
    static let family = words(AddressPool.Family.allCases)
    static let verbs = list(words(Verb.allCases))
    static let role = words(Role.allCases)
    static let login = text(Text(pattern: "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", length: 1...2 * Name.longest + 1))
    static let totpSecret = text(Text(pattern: "^[A-Z2-7]{32,128}$"))
    static let totpCode = text(Text(pattern: "^[0-9]{\(LoginCode.digits)}$"))
    static let signOnTicket = text(Text(pattern: "^roost_[0-9a-f]{16}_[0-9a-f]{64}$"))
    static let sshKey = text(Text(pattern: Pattern.sshKey, length: 1...SSHPublicKey.longest))
    static let suspensionReason = words(SuspensionReason.allCases)
    static let externalID = text(Text(pattern: "^[A-Za-z0-9][A-Za-z0-9._:@-]{0,\(ExternalID.longest - 1)}$", length: 1...ExternalID.longest))
    static let password = text(Text(pattern: "^[ -~]{\(Password.length.lowerBound),\(Password.length.upperBound)}$", length: Password.length))
    static let remark = text(Text(pattern: Pattern.remark, length: 0...Remark.longest))
    static let address = text(Text(pattern: Pattern.address))
    static let network = text(Text(pattern: Pattern.network))
    static let webhookURL = text(Text(pattern: Pattern.webhookURL, length: 1...WebhookURL.longest))
    static let eventChoice = text(Text(pattern: "^[a-z]+\\.(?:[a-z]+\\.)*(?:[a-z]+)?$", length: 1...EventChoice.longest))

    static func words<Word: RawRepresentable<String>>(_ words: [Word]) -> Schema { text(Text(words: words.map(\.rawValue))) }
    static func words(_ words: String...) -> Schema { text(Text(words: words)) }

    static func plan(_ dimension: PlanTerms.Size) -> Schema { integer(dimension.range) }
}

/// What is taken.
extension Schema.Named {
    static let quota = Schema.Named("Quota", "A tenant's ceilings, or what it uses of them.", [
        .init("vps", .count), .init("cpuMillicores", .count), .init("memoryBytes", .count), .init("diskBytes", .count), .init("addresses", .count, "IPv4 addresses; an IPv6 prefix is free."),
    ])

    static let tenantCreate = Schema.Named("TenantCreate", "A tenant to be, with all of its ceilings.", [
        .init("name", .name, "A reseller's tenants have names that begin with its own and a hyphen."), .init("quota", .named(quota)), .optional("externalID", .externalID, "What the caller's own books call it; no two have the same. A reseller's begin with his name and a colon."),
        .optional("reseller", .name, "Whose customer it is to be. Left out: the platform's own, or the reseller's who asks."), .optional("isReseller", .boolean, "It may own tenants; only the platform's own may. Left out: false."),
    ])

    static let tenantChange = Schema.Named("TenantChange", "What is to be otherwise; what is left out stays.", quota.fields.map { .optional($0.name, $0.schema, $0.says) } + [.optional("isReseller", .boolean, "It may own tenants; for an admin only.")])

    static let planCreate = Schema.Named("PlanCreate", "The sizes of the VPSes that are made from it.", [
        .init("name", .name), .init("cpuMillicores", .plan(.cpuMillicores), "1000 is one processor."), .init("memoryBytes", .plan(.memoryBytes)), .init("diskBytes", .plan(.diskBytes)),
        .optional("swapBytes", .plan(.swapBytes), "Left out: none."), .optional("processes", .plan(.processes), "Left out: \(PlanTerms.defaultProcesses)."),
        .optional("nesting", .boolean, "Containers inside the VPS. Left out: false."),
    ])

    static let templateBuild = Schema.Named("TemplateBuild", "A template that the node has a recipe for.", [.init("name", .name)])

    static let vpsCreate = Schema.Named("VPSCreate", "A VPS to be.", [
        .init("name", .name, "Its hostname, too."), .init("plan", .name), .init("template", .name),
        .optional("sshKeys", .list(.sshKey, most: 64), "Who may log in as root: lines of an authorized_keys file, without options."), .optional("start", .boolean, "Left out: true."),
        .optional("externalID", .externalID, "What the books of whoever sells it call it; no two have the same. For an admin, or its reseller, whose begin with his name and a colon."),
    ])

    static let vpsChange = Schema.Named("VPSChange", "What it is to be.", [.init("plan", .name, "With a disk of the same size; less memory, swap or processes than it has only while it is stopped.")])

    static let ticketCreate = Schema.Named("TicketCreate", "A stream to be opened by whoever can show no header, as a browser's WebSocket.", [.init("stream", .words(StreamKind.allCases))])

    static let ticket = Schema.Named("Ticket", "What opens one stream (within 30 seconds) or session (within 60), once, for whoever has it, wherever he is.", [.init("ticket", .text(), "For a stream's address, ?ticket=…, or for POST /v1/sign-ons"), .init("expiresAt", .time)])

    static let signOn = Schema.Named("SignOn", "A ticket that vouches for a user.", [.init("ticket", .signOnTicket)])

    static let passwordPut = Schema.Named("PasswordPut", "A password for the guest's root; it is kept nowhere else.", [.init("password", .password)])

    static let powerChange = Schema.Named("PowerChange", "How it is done.", [.optional("force", .boolean, "Without asking the guest first. Left out: false.")])

    static let suspensionPut = Schema.Named("SuspensionPut", "What there is to say of it.", [.optional("detail", .remark, "For the tenant to read.")])

    static let tokenCreate = Schema.Named("TokenCreate", "A tenant's token to be, and how far it reaches.", tokenFields(Role.allCases.filter(\.isOfTenant)) + [
        .optional("vps", .list(.name, least: 1, most: 64), "Names of the tenant's VPSes that it is for. Left out: all, also those to come."),
    ])

    static let platformTokenCreate = Schema.Named("PlatformTokenCreate", "A token of the platform to be, and how far it reaches.", tokenFields(Role.allCases.filter { !$0.isOfTenant }))

    static let userCreate = userCreate("UserCreate", "A tenant's user to be.", Role.allCases.filter(\.isOfTenant))

    static let platformUserCreate = userCreate("PlatformUserCreate", "A user of the platform to be.", Role.allCases.filter { !$0.isOfTenant })

    private static func userCreate(_ name: String, _ says: String, _ roles: [Role]) -> Schema.Named {
        Schema.Named(name, says, [.init("name", .name), .init("role", .words(roles)), .init("password", .password)])
    }

    static let userChange = Schema.Named("UserChange", "What of a user is to be otherwise; what is left out stays.", [
        .optional("password", .password, "With another one his sessions end."), .optional("removeTOTP", .boolean, "true: from now on the password is enough; he has lost his authenticator."),
    ])

    static let sessionCreate = Schema.Named("SessionCreate", "How somebody proves who he is.", [
        .init("user", .login, "alice of the platform, acme/alice of a tenant."), .init("password", .password), .optional("code", .totpCode, "Of his authenticator, if he has one."),
    ])

    static let accountChange = Schema.Named("AccountChange", "What of one's own is to be otherwise; what is left out stays.", [
        .init("currentPassword", .password), .optional("code", .totpCode, "Of one's authenticator, if one has one."), .optional("password", .password, "With another one all other sessions end."), .optional("totp", .named(totp), "From now on a code is needed, too."),
        .optional("removeTOTP", .boolean, "true: from now on the password is enough, unless totp is given, too."),
    ])

    static let webhookCreate = Schema.Named("WebhookCreate", "Where events shall be sent to, from its own creation on.", [
        .init("name", .name), .init("url", .webhookURL, "Without TLS only a private network can be reached that roostd's settings name."),
        .optional("kinds", .list(.eventChoice, most: 32), "Only events of these kinds: vps.created, or vps. for all that begin so. Left out: all."),
    ])

    private static let totp = Schema.Named("TOTP", "What an authenticator was told of (RFC 6238: SHA-1, six digits, 30 seconds).", [.init("secret", .totpSecret, "Base32."), .init("code", .totpCode, "Its code now, as the proof that it has it.")])

    private static func tokenFields(_ roles: [Role]) -> [Schema.Field] {
        [
            .init("name", .name), .init("role", .words(roles)), .optional("verbs", .list(.words(Verb.allCases), least: 1, most: 16), "Of the role's. Left out: all of them."),
            .optional("sources", .list(.network, most: 64), "Networks that it can be used from, as 203.0.113.0/24. Left out: anywhere."), .optional("expiresAt", .time, "Left out: until it is revoked."),
        ]
    }
}

/// What is answered.
extension Schema.Named {
    static let version = Schema.Named("ServerVersion", "What answers.", [.init("version", .text()), .init("api", .words("v1"))])

    static let caller = Schema.Named("Caller", "Who asks, and how far he may go.", [
        .init("role", .role), .optional("tenant", .name), .optional("user", .name, "Who has logged in; left out: it is a program."), .init("verbs", .verbs), .optional("vps", .list(.name), "Only these of the tenant's VPSes; left out: all."),
    ])

    static let tenant = Schema.Named("Tenant", "A customer of the platform.", [
        .init("name", .name), .init("quota", .named(quota)), .init("usage", .named(quota)), .init("suspensions", .list(.named(suspension)), "Of all that is its own; what is suspended runs only once none is left."),
        .optional("externalID", .externalID, "What the books of whoever it is a customer of call it."), .init("isReseller", .boolean, "It may own tenants; what they have counts against its quota, too."),
        .optional("reseller", .name, "Whose customer it is; left out: the platform's own."), .init("createdAt", .time),
    ])

    static let suspension = Schema.Named("Suspension", "Why something may not run.", [
        .init("reason", .suspensionReason), .init("scope", .words(SuspensionRecord.Extent.allCases), "Of this VPS, of all that is the tenant's, or of all that is its reseller's."), .init("detail", .text()), .init("since", .time),
    ])

    static let plan = Schema.Named("Plan", "What is sold.", [
        .init("name", .name), .init("cpuMillicores", .plan(.cpuMillicores)), .init("memoryBytes", .plan(.memoryBytes)), .init("swapBytes", .plan(.swapBytes)), .init("diskBytes", .plan(.diskBytes)),
        .init("processes", .plan(.processes)), .init("nesting", .boolean), .init("createdAt", .time),
    ])

    static let template = Schema.Named("Template", "What a VPS's disk begins as.", [
        .init("name", .name), .init("summary", .text()), .init("digest", .digest), .init("imageBytes", .count), .init("minimumDiskBytes", .count), .init("builtAt", .time),
    ])

    static let vpsAddress = Schema.Named("Address", "An address of a VPS.", [.init("family", .family), .init("address", .text()), .init("prefixLength", .integer(0...128), "32, or the length of the routed IPv6 prefix.")])

    static let vps = Schema.Named("VPS", "A virtual private server.", [
        .init("id", .vpsID), .init("tenant", .name), .init("name", .name), .init("plan", .name), .init("template", .name), .init("node", .text()),
        .init("state", .words(VPSView.State.allCases)), .optional("stateReason", .text(), "Why, where the state needs words."),
        .init("desiredState", .words("running", "stopped"), "What the tenant wants; one that is suspended is stopped nevertheless."), .init("suspensions", .list(.named(suspension)), "Its own, its tenant's, and its tenant's reseller's."),
        .init("addresses", .list(.named(vpsAddress))), .init("cpuMillicores", .plan(.cpuMillicores)), .init("memoryBytes", .plan(.memoryBytes)),
        .init("diskBytes", .plan(.diskBytes)), .optional("initPid", .integer(1...Int64(Int32.max)), "Of its init, on the host; for an admin only."),
        .optional("externalID", .externalID, "What the books of whoever sells it call it."), .init("createdAt", .time),
    ])

    static let operation = Schema.Named("Operation", "What takes long.", [
        .init("id", .operationID), .init("kind", .words(OperationRecord.Kind.allCases)),
        .init("subject", .text(), "tenant/name of a VPS, or a template's name."), .init("status", .words(OperationView.Status.allCases)), .init("progress", .integer(0...100)),
        .init("message", .text()), .optional("error", .named(problem)), .optional("vps", .named(vps), "The VPS that it is about, while that exists."), .init("createdAt", .time),
        .optional("finishedAt", .time),
    ])

    static let token = Schema.Named("Token", "What a caller over the network shows; without its secret.", [
        .init("id", .tokenID), .init("name", .name), .optional("tenant", .name, "Of a tenant's token."), .init("role", .role), .init("verbs", .verbs, "What it allows."),
        .optional("vps", .list(.name), "Only for these; left out: all of the tenant's."), .init("sources", .list(.network), "Only from these networks; empty: anywhere."),
        .init("state", .words("valid", "expired", "revoked")), .init("createdAt", .time), .init("createdBy", .text()), .optional("expiresAt", .time), .optional("revokedAt", .time),
        .optional("lastUsedAt", .time, "To the minute."), .optional("lastUsedFrom", .text()),
    ])

    static let newToken = Schema.Named("NewToken", "The only place where a token's secret is ever seen.", [.init("token", .named(token)), .init("secret", .text(.init(pattern: "^roost_[0-9a-f]{16}_[0-9a-f]{64}$")))])

    static let user = Schema.Named("User", "Somebody who logs in with a password.", [
        .init("name", .name), .optional("tenant", .name, "Of a tenant's user."), .init("role", .role), .init("hasTOTP", .boolean, "Whether he shows a code of his authenticator, too."), .init("createdAt", .time),
        .init("createdBy", .text()),
    ])

    static let webhook = Schema.Named("Webhook", "Where events are sent to (Standard Webhooks): each in its order, until it is answered with 2xx, for three days.", [
        .init("name", .name), .optional("tenant", .name, "Of a tenant's webhook."), .init("url", .webhookURL), .init("kinds", .list(.eventChoice), "Only events of these kinds; empty: all."),
        .init("state", .words("enabled", "failing", "disabled")), .init("createdAt", .time), .init("createdBy", .text()), .optional("lastAnswer", .text(), "A status of HTTP, or why there was none."), .optional("lastAnswerAt", .time),
        .init("attempts", .count, "Failed ones, since the last event that was taken."), .optional("nextAttemptAt", .time), .optional("disabledAt", .time), .optional("disabledReason", .text()),
    ])

    static let newWebhook = Schema.Named("NewWebhook", "The only place where a webhook's secret is ever seen.", [.init("webhook", .named(webhook)), .init("secret", .text(.init(pattern: "^whsec_[A-Za-z0-9+/]{43}=$")), "What each message is signed with.")])

    static let eventMessage = Schema.Named("EventMessage", "What is sent to a webhook, with webhook-id, webhook-timestamp and webhook-signature.", [.init("type", .text(), "The event's kind."), .init("timestamp", .time), .init("data", .named(event))])

    static let resources = Schema.Named("Resources", "What a node has.", [.init("cpuMillicores", .count), .init("memoryBytes", .count), .init("diskBytes", .count)])

    static let node = Schema.Named("Node", "A host.", [
        .init("name", .text()), .init("status", .words("online", "unreachable")), .init("version", .text()), .init("kernel", .text()), .init("cgroupVersion", .integer(0...2)),
        .init("capacity", .named(resources)), .init("sellable", .named(resources), "Of it what may be sold: with the overcommit ratios."), .init("sold", .named(resources)),
    ])

    static let lease = Schema.Named("AddressLease", "Who has an address.", [
        .init("family", .family), .init("address", .text()), .init("prefixLength", .integer(0...128)), .init("tenant", .text()), .init("vps", .text()), .init("leasedAt", .time),
    ])

    static let event = Schema.Named("Event", "Who did what.", [
        .init("id", .count), .init("at", .time), .init("actor", .text(), "admin, a token, or what of the platform itself acted."),
        .optional("source", .text(), "The address that he called from, or his process; left out: from within."), .optional("request", .text(), "As its answer had it in X-Request-Id."), .init("kind", .text(), "tenant.created, vps.started …"), .init("subject", .text()),
        .init("detail", .text()), .optional("before", .named(eventState), "What was otherwise before."), .optional("after", .named(eventState), "What is so now."),
        .optional("hash", .digest, "SHA-256 over this and all before it; left out: written by an older release."),
    ])

    static let eventState = Schema.Named("EventState", "Names and values, as texts.", [], isOpen: true)

    static let eventVerdict = Schema.Named("EventVerdict", "Whether the events are what they were.", [
        .init("isWhole", .boolean), .init("events", .count), .init("head", .digest, "Of the newest event; to be noted elsewhere, so that nobody can make all of it anew."),
        .optional("brokenAt", .count, "The first event that is not what it was."),
    ])

    static let holding = Schema.Named("AddressHolding", "That a VPS had an address.", [
        .init("address", .text()), .init("prefixLength", .integer(0...128)), .init("tenant", .text()), .init("vps", .text()), .init("vpsID", .vpsID), .init("leasedAt", .time),
        .optional("releasedAt", .time, "Left out: it has it still."),
    ])

    static let check = Schema.Named("DoctorCheck", "One thing that the platform needs.", [
        .init("name", .text()), .init("status", .words("ok", "warning", "missing")), .init("found", .text()), .init("meaning", .text()), .init("remedy", .text()),
    ])

    static let doctorReport = Schema.Named("DoctorReport", "What the platform needs.", [.init("checks", .list(.named(check)))])

    static let exceeded = Schema.Named("Exceeded", "A ceiling that a request would break.", [
        .init("resource", .words(Dimension.allCases)), .init("limit", .integer(Int64.min...Int64.max)), .init("used", .integer(Int64.min...Int64.max)), .init("requested", .integer(Int64.min...Int64.max)),
    ])

    static let problem = Schema.Named("Problem", "Why not (RFC 9457). Software decides on its code, which is stable.", [
        .init("type", .words("about:blank")), .init("title", .text()), .init("status", .integer(400...599)), .init("detail", .text()), .init("code", .words(Problem.Code.allCases)),
        .optional("requestID", .text(), "For the platform's admin, who finds it in the log."), .optional("exceeded", .list(.named(exceeded)), "Every ceiling that the request would break."),
    ])
}
