internal import APIModel

/// A body that a route takes: held to its schema before it is decoded.
protocol RequestBody: Decodable, Sendable {
    static var schema: Schema.Named { get }
}

extension TenantCreate: RequestBody { static var schema: Schema.Named { .tenantCreate } }
extension TenantChange: RequestBody { static var schema: Schema.Named { .tenantChange } }
extension PlanCreate: RequestBody { static var schema: Schema.Named { .planCreate } }
extension TemplateBuild: RequestBody { static var schema: Schema.Named { .templateBuild } }
extension VPSCreate: RequestBody { static var schema: Schema.Named { .vpsCreate } }
extension TokenCreate: RequestBody { static var schema: Schema.Named { .tokenCreate } }
extension UserCreate: RequestBody { static var schema: Schema.Named { .userCreate } }
extension UserChange: RequestBody { static var schema: Schema.Named { .userChange } }
extension SessionCreate: RequestBody { static var schema: Schema.Named { .sessionCreate } }
extension SignOn: RequestBody { static var schema: Schema.Named { .signOn } }
extension AccountChange: RequestBody { static var schema: Schema.Named { .accountChange } }
extension WebhookCreate: RequestBody { static var schema: Schema.Named { .webhookCreate } }
extension SuspensionPut: RequestBody { static var schema: Schema.Named { .suspensionPut } }
extension VPSChange: RequestBody { static var schema: Schema.Named { .vpsChange } }
extension TicketCreate: RequestBody { static var schema: Schema.Named { .ticketCreate } }
extension PasswordPut: RequestBody { static var schema: Schema.Named { .passwordPut } }
extension PowerChange: RequestBody { static var schema: Schema.Named { .powerChange } }
