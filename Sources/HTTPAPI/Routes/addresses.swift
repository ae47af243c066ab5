internal import APIModel
internal import ControlPlane
internal import HTTPTypes
internal import Hummingbird

extension Route {
    static let listAddresses: Handler = { plane, request, context in
        try await Answer.listing(.addresses, request) { try await plane.addresses(context.scope).map(AddressLease.init) }
    }

    static let listHoldings: Handler = { plane, request, context in
        let at = try request.uri.queryParameters.get("at").map { try time($0, of: "at") }
        let address = try context.parameter("address")
        return try await Answer.listing(.holdings, request) { try await plane.holdings(context.scope, of: address, at: at).map(AddressHolding.init) }
    }
}
