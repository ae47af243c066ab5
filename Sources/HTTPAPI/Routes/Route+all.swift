internal import APIModel
internal import Domain

extension Route {
    /// Every route that there is, with all that its callers must know: `OpenAPI` is made from it.
    package static let all: [Route] = [
        Route("GET", "/v1", .anyone, "showVersion", version, gives: .found(.version), "What answers"),
        Route("GET", "/v1/openapi.json", .anyone, "showDescription", openAPI, gives: .found(.description), "This description"),
        Route("GET", "/v1/caller", .caller, "showCaller", showCaller, gives: .found(.caller), "Who asks, and how far he may go"),
        Route("PATCH", "/v1/caller", .caller, "changeAccount", changeAccount, takes: .accountChange, gives: .found(.user), refuses: account + [.conflict], "Change one's own password, or second factor"),
        Route("DELETE", "/v1/caller", .caller, "endSession", endSession, gives: .done, refuses: [.conflict], "Log out: the token that is shown ends, at once and for good"),
        Route("POST", "/v1/sessions", .anyone, "openSession", openSession, takes: .sessionCreate, gives: .created(.newToken), isRehearsable: false, refuses: account, "Log in: a token for twelve hours, for whoever proves who he is"),
        Route("POST", "/v1/sign-ons", .anyone, "redeemSignOn", redeemSignOn, takes: .signOn, gives: .created(.newToken), isRehearsable: false, refuses: [.invalidCredentials], "A session for whoever shows a ticket that vouches for a user"),

        Route("GET", "/v1/tenants", .seller(.read, platform: .read), "listTenants", listTenants, gives: .listing(.tenants), "All tenants, or a reseller's own and itself, with what they use"),
        Route("POST", "/v1/tenants", .seller(.sell, platform: .administer), "createTenant", createTenant, takes: .tenantCreate, gives: .created(.tenant), refuses: [.uniquenessError, .conflict, .resourceLimitExceeded, .suspended], "A new tenant"),
        Route("GET", "/v1/tenants/:tenant", .tenant(.read), "showTenant", showTenant, gives: .resource(.tenant), "A tenant, its quota and what it uses"),
        Route("PATCH", "/v1/tenants/:tenant", .seller(.sell, platform: .administer), "changeTenant", changeTenant, takes: .tenantChange, gives: .resource(.tenant), ifMatch: true, refuses: [.conflict, .resourceLimitExceeded], "Other ceilings. Below what is used they stop what is new, and end nothing"),
        Route("DELETE", "/v1/tenants/:tenant", .seller(.sell, platform: .administer), "deleteTenant", deleteTenant, gives: .done, ifMatch: true, refuses: [.conflict], "An end to a tenant that has no VPS, and owns no tenant"),

        Route("PUT", "/v1/tenants/:tenant/suspensions/:reason", .seller(.sell, platform: .bill), "suspendTenant", suspendTenant, takes: .suspensionPut, takesNothingToo: true, gives: .resource(.tenant), ifMatch: true, refuses: [.conflict], "Shut down all that is a tenant's, and its tenants'. A clerk for billing only, a reseller for reseller; again: other words"),
        Route("DELETE", "/v1/tenants/:tenant/suspensions/:reason", .seller(.sell, platform: .bill), "unsuspendTenant", unsuspendTenant, gives: .done, ifMatch: true, "Lift one reason; once none is left, what ran before runs again"),

        Route("GET", "/v1/plans", .caller, "listPlans", listPlans, gives: .listing(.plans), "What is sold"),
        Route("POST", "/v1/plans", .platform(.administer), "createPlan", createPlan, takes: .planCreate, gives: .created(.plan), refuses: [.uniquenessError], "A new plan"),
        Route("GET", "/v1/plans/:plan", .caller, "showPlan", showPlan, gives: .resource(.plan), "A plan"),
        Route("DELETE", "/v1/plans/:plan", .platform(.administer), "deletePlan", deletePlan, gives: .done, ifMatch: true, refuses: [.conflict], "An end to a plan that no VPS has"),

        Route("GET", "/v1/templates", .caller, "listTemplates", listTemplates, gives: .listing(.templates), "What a VPS can begin as"),
        Route("POST", "/v1/templates", .platform(.administer), "buildTemplate", buildTemplate, takes: .templateBuild, gives: .operation, refuses: node + [.uniquenessError], "A new template, built from its recipe"),
        Route("GET", "/v1/templates/:template", .caller, "showTemplate", showTemplate, gives: .resource(.template), "A template"),
        Route("DELETE", "/v1/templates/:template", .platform(.administer), "deleteTemplate", deleteTemplate, gives: .done, ifMatch: true, refuses: node, "An end to a template; VPSes that were made from it stay"),

        Route("GET", "/v1/vps", .caller, "listAllVPSes", listAllVPSes, gives: .listing(.vps), "All VPSes: a tenant's own, a reseller's with those of its tenants, the platform's of all"),
        Route("GET", "/v1/vps/:id", .platform(.administer), "showVPSByID", showVPSByID, gives: .found(.vps), "The VPS that an id on the host belongs to"),
        Route("GET", "/v1/tenants/:tenant/vps", .tenant(.read), "listVPSes", listVPSes, gives: .listing(.vps), "A tenant's VPSes"),
        Route(
            "POST", "/v1/tenants/:tenant/vps", .tenant(.manage), "createVPS", createVPS, takes: .vpsCreate, gives: .operation, refuses: node + [.uniquenessError, .resourceLimitExceeded, .suspended],
            "A new VPS, started unless it is said not to be"),
        Route("GET", "/v1/tenants/:tenant/vps/:name", .tenant(.read), "showVPS", showVPS, gives: .resource(.vps), "A VPS"),
        Route("DELETE", "/v1/tenants/:tenant/vps/:name", .tenant(.manage), "deleteVPS", deleteVPS, gives: .operation, ifMatch: true, refuses: node + [.suspended], "An end to a VPS and to all that is on its disk"),
        Route("PATCH", "/v1/tenants/:tenant/vps/:name", .tenant(.manage), "changeVPS", changeVPS, takes: .vpsChange, gives: .operation, ifMatch: true, refuses: node + [.resourceLimitExceeded, .suspended], "Give a VPS another plan's sizes"),
        Route("PUT", "/v1/tenants/:tenant/vps/:name/password", .tenant(.access), "setRootPassword", setRootPassword, takes: .passwordPut, gives: .done, refuses: node, "Set the password of a running guest's root"),
        Route("POST", "/v1/tenants/:tenant/vps/:name/start", .tenant(.power), "startVPS", startVPS, takes: .powerChange, takesNothingToo: true, gives: .operation, ifMatch: true, refuses: node + [.suspended], "Start a VPS; one that runs stays so"),
        Route("POST", "/v1/tenants/:tenant/vps/:name/stop", .tenant(.power), "stopVPS", stopVPS, takes: .powerChange, takesNothingToo: true, gives: .operation, ifMatch: true, refuses: node, "Stop a VPS; one that is stopped stays so"),
        Route("POST", "/v1/tenants/:tenant/vps/:name/restart", .tenant(.power), "restartVPS", restartVPS, takes: .powerChange, takesNothingToo: true, gives: .operation, ifMatch: true, refuses: node + [.suspended], "Stop and start a VPS"),
        Route("POST", "/v1/tenants/:tenant/vps/:name/tickets", .tenant(.access), "issueTicket", issueTicket, takes: .ticketCreate, gives: .created(.ticket), "A ticket to one exec or console, for browsers"),
        Route("GET", "/v1/tenants/:tenant/vps/:name/exec", .tenant(.access), "execVPS", execVPS, query: StreamQuery.execFields, gives: .stream, refuses: node, "Run a command in a VPS"),
        Route("GET", "/v1/tenants/:tenant/vps/:name/console", .tenant(.access), "consoleOfVPS", consoleOfVPS, query: [StreamQuery.ticketField], gives: .stream, refuses: node, "A VPS's console, with what it said so far"),

        Route("PUT", "/v1/tenants/:tenant/vps/:name/suspensions/:reason", .seller(.sell, platform: .bill), "suspendVPS", suspendVPS, takes: .suspensionPut, takesNothingToo: true, gives: .resource(.vps), ifMatch: true, refuses: [.conflict], "Shut down a VPS. A clerk for billing only, a reseller for reseller; again: other words"),
        Route("DELETE", "/v1/tenants/:tenant/vps/:name/suspensions/:reason", .seller(.sell, platform: .bill), "unsuspendVPS", unsuspendVPS, gives: .done, ifMatch: true, "Lift one reason; once none is left, it runs if it ran before"),

        Route("GET", "/v1/tokens", .platform(.administer), "listTokens", listTokens, gives: .listing(.tokens), "All tokens, the newest first"),
        Route("POST", "/v1/tokens", .platform(.administer), "createToken", createToken, takes: .platformTokenCreate, gives: .created(.newToken), refuses: [.uniquenessError], "A new token of the platform"),
        Route("DELETE", "/v1/tokens/:token", .platform(.administer), "revokeToken", revokeToken, gives: .done, "Revoke any token, at once and for good"),
        Route("GET", "/v1/tenants/:tenant/tokens", .tenant(.delegate), "listTokensOfTenant", listTokens, gives: .listing(.tokens), "A tenant's tokens, the newest first"),
        Route("POST", "/v1/tenants/:tenant/tokens", .tenant(.delegate), "createTokenOfTenant", createToken, takes: .tokenCreate, gives: .created(.newToken), refuses: [.uniquenessError], "A new token of a tenant"),
        Route("DELETE", "/v1/tenants/:tenant/tokens/:token", .tenant(.delegate), "revokeTokenOfTenant", revokeToken, gives: .done, "Revoke one of a tenant's tokens, at once and for good"),

        Route("GET", "/v1/users", .platform(.administer), "listUsers", listUsers, gives: .listing(.users), "Who logs in with a password, of the platform and of all tenants"),
        Route("POST", "/v1/users", .platform(.administer), "createUser", createUser, takes: .platformUserCreate, gives: .created(.user), refuses: [.uniquenessError, .conflict], "A new user of the platform"),
        Route("PATCH", "/v1/users/:user", .platform(.administer), "changeUser", changeUser, takes: .userChange, gives: .found(.user), refuses: [.conflict], "Another password for a user of the platform, or no second factor"),
        Route("DELETE", "/v1/users/:user", .platform(.administer), "deleteUser", deleteUser, gives: .done, refuses: [.conflict], "An end to a user of the platform, and to his sessions"),
        Route("GET", "/v1/tenants/:tenant/users", .tenant(.delegate), "listUsersOfTenant", listUsers, gives: .listing(.users), "A tenant's users"),
        Route("POST", "/v1/tenants/:tenant/users", .tenant(.delegate), "createUserOfTenant", createUser, takes: .userCreate, gives: .created(.user), refuses: [.uniquenessError, .conflict], "A new user of a tenant"),
        Route("PATCH", "/v1/tenants/:tenant/users/:user", .tenant(.delegate), "changeUserOfTenant", changeUser, takes: .userChange, gives: .found(.user), refuses: [.conflict], "Another password for a tenant's user, or no second factor"),
        Route("DELETE", "/v1/tenants/:tenant/users/:user", .tenant(.delegate), "deleteUserOfTenant", deleteUser, gives: .done, refuses: [.conflict], "An end to a tenant's user, and to his sessions"),
        Route("POST", "/v1/tenants/:tenant/users/:user/sign-ons", .seller(.sell, platform: .administer), "issueSignOn", issueSignOn, gives: .created(.ticket), refuses: [.conflict], "A ticket to a session as a tenant's user, good for 60 seconds, for a billing system that knows him: POST /v1/sign-ons"),

        Route("GET", "/v1/webhooks", .platform(.administer), "listWebhooks", listWebhooks, gives: .listing(.webhooks), "Where events are sent to, of the platform and of all tenants"),
        Route("POST", "/v1/webhooks", .platform(.administer), "createWebhook", createWebhook, takes: .webhookCreate, gives: .created(.newWebhook), refuses: [.uniquenessError], "Send what happens on the platform there, signed, event after event"),
        Route("GET", "/v1/webhooks/:webhook", .platform(.administer), "showWebhook", showWebhook, gives: .found(.webhook), "A webhook of the platform, and what was last answered there"),
        Route("POST", "/v1/webhooks/:webhook/enable", .platform(.administer), "enableWebhook", enableWebhook, gives: .found(.webhook), "Try a webhook of the platform again that was given up, from where it stopped"),
        Route("DELETE", "/v1/webhooks/:webhook", .platform(.administer), "deleteWebhook", deleteWebhook, gives: .done, "An end to a webhook of the platform, at once"),
        Route("GET", "/v1/tenants/:tenant/webhooks", .tenant(.delegate), "listWebhooksOfTenant", listWebhooks, gives: .listing(.webhooks), "Where a tenant's own events are sent to"),
        Route("POST", "/v1/tenants/:tenant/webhooks", .tenant(.delegate), "createWebhookOfTenant", createWebhook, takes: .webhookCreate, gives: .created(.newWebhook), refuses: [.uniquenessError], "Send what happens to a tenant's own there, signed, event after event"),
        Route("GET", "/v1/tenants/:tenant/webhooks/:webhook", .tenant(.delegate), "showWebhookOfTenant", showWebhook, gives: .found(.webhook), "A tenant's webhook, and what was last answered there"),
        Route("POST", "/v1/tenants/:tenant/webhooks/:webhook/enable", .tenant(.delegate), "enableWebhookOfTenant", enableWebhook, gives: .found(.webhook), "Try a tenant's webhook again that was given up, from where it stopped"),
        Route("DELETE", "/v1/tenants/:tenant/webhooks/:webhook", .tenant(.delegate), "deleteWebhookOfTenant", deleteWebhook, gives: .done, "An end to a tenant's webhook, at once"),

        Route("GET", "/v1/nodes", .platform(.administer), "listNodes", listNodes, gives: .listing(.nodes), "The hosts, and what of them is sold"),
        Route("GET", "/v1/addresses", .platform(.administer), "listAddresses", listAddresses, gives: .listing(.addresses), "Who has which address"),
        Route(
            "GET", "/v1/addresses/:address/holdings", .platform(.administer), "listHoldings", listHoldings, query: [.optional("at", .time, "Only who had it then. Left out: ever.")],
            gives: .listing(.holdings), "Who had an address, the newest first"),
        Route("GET", "/v1/events", .platform(.administer), "listEvents", listEvents, gives: .listing(.events), "What was done, the newest first"),
        Route(
            "GET", "/v1/events/verdict", .platform(.administer), "verifyEvents", verifyEvents, query: [.optional("head", .digest, "A head that was noted earlier: it must be in the chain.")],
            gives: .found(.eventVerdict), "Whether the events are what they were: each holds the hash of all before it"),
        Route("GET", "/v1/changes", .platform(.administer), "followAll", follow, gives: .changes, refuses: [.conflict], "Events as they happen, and how far operations are (server-sent events)"),
        Route("GET", "/v1/tenants/:tenant/changes", .tenant(.read), "followTenant", follow, gives: .changes, refuses: [.conflict], "A tenant's own events as they happen, and how far its operations are (server-sent events)"),
        Route("GET", "/v1/tenants/:tenant/events", .tenant(.read), "listEventsOfTenant", listEvents, gives: .listing(.events), "What was done of a tenant's own, and by whom, the newest first"),
        Route("GET", "/v1/tenants/:tenant/operations", .tenant(.read), "listOperationsOfTenant", listOperations, gives: .listing(.operations), "A tenant's own operations, the newest first"),
        Route("GET", "/v1/operations", .platform(.administer), "listOperations", listOperations, gives: .listing(.operations), "Operations, the newest first"),
        Route("GET", "/v1/operations/:id", .caller, "showOperation", showOperation, gives: .found(.operation), "An operation; with Prefer: wait=N, once it has ended, or after N seconds"),
        Route("POST", "/v1/operations/:id/cancel", .caller, "cancelOperation", cancelOperation, gives: .found(.operation), refuses: [.conflict, .forbidden, .nodeUnavailable], "Give up a creation or a template's build that is under way; nothing is left of it"),
        Route("GET", "/v1/doctor", .platform(.administer), "doctor", doctor, gives: .found(.doctorReport), refuses: [.nodeUnavailable], "What the platform needs, and what of it is missing"),
    ]

    /// What may come of a proof of who one is.
    private static let account: [Problem.Code] = [.invalidCredentials, .secondFactorRequired]

    /// What may come of a request that the node has a part in.
    private static let node: [Problem.Code] = [.conflict, .resourceUnavailable, .nodeUnavailable, .operationFailed]
}
