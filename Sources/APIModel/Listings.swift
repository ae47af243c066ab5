/// A page of a listing: `{"vps": [ … ], "next": "…"}`.
package protocol ListPage: Codable, Sendable {
    associatedtype Element: Codable, Sendable
    var elements: [Element] { get }
    /// The cursor of the page after this one; nil: this is the last.
    var next: String? { get }
}

package struct TenantList: ListPage {
    package var elements: [Tenant] { tenants }
    package var tenants: [Tenant]
    package var next: String?

    package init(tenants: [Tenant], next: String? = nil) {
        self.tenants = tenants
        self.next = next
    }
}

package struct PlanList: ListPage {
    package var elements: [Plan] { plans }
    package var plans: [Plan]
    package var next: String?

    package init(plans: [Plan], next: String? = nil) {
        self.plans = plans
        self.next = next
    }
}

package struct TemplateList: ListPage {
    package var elements: [Template] { templates }
    package var templates: [Template]
    package var next: String?

    package init(templates: [Template], next: String? = nil) {
        self.templates = templates
        self.next = next
    }
}

package struct VPSList: ListPage {
    package var elements: [VPS] { vps }
    package var vps: [VPS]
    package var next: String?

    package init(vps: [VPS], next: String? = nil) {
        self.vps = vps
        self.next = next
    }
}

package struct OperationList: ListPage {
    package var elements: [Operation] { operations }
    package var operations: [Operation]
    package var next: String?

    package init(operations: [Operation], next: String? = nil) {
        self.operations = operations
        self.next = next
    }
}

package struct TokenList: ListPage {
    package var elements: [Token] { tokens }
    package var tokens: [Token]
    package var next: String?

    package init(tokens: [Token], next: String? = nil) {
        self.tokens = tokens
        self.next = next
    }
}

package struct NodeList: ListPage {
    package var elements: [Node] { nodes }
    package var nodes: [Node]
    package var next: String?

    package init(nodes: [Node], next: String? = nil) {
        self.nodes = nodes
        self.next = next
    }
}

package struct AddressList: ListPage {
    package var elements: [AddressLease] { addresses }
    package var addresses: [AddressLease]
    package var next: String?

    package init(addresses: [AddressLease], next: String? = nil) {
        self.addresses = addresses
        self.next = next
    }
}

package struct HoldingList: ListPage {
    package var elements: [AddressHolding] { holdings }
    package var holdings: [AddressHolding]
    package var next: String?

    package init(holdings: [AddressHolding], next: String? = nil) {
        self.holdings = holdings
        self.next = next
    }
}

package struct EventList: ListPage {
    package var elements: [Event] { events }
    package var events: [Event]
    package var next: String?

    package init(events: [Event], next: String? = nil) {
        self.events = events
        self.next = next
    }
}

package struct DoctorReport: Codable, Sendable {
    package var checks: [DoctorCheck]

    package init(checks: [DoctorCheck]) { self.checks = checks }
}
