package import Disks

/// How a guest of a template is started and asked to end.
package struct GuestTemplate: Codable, Sendable, Equatable {
    package var initPath: String
    /// To init: power off.
    package var shutdownSignal: Int32
    package var firstBoot: [FirstBootStep]

    package init(initPath: String, shutdownSignal: Int32, firstBoot: [FirstBootStep]) {
        self.initPath = initPath
        self.shutdownSignal = shutdownSignal
        self.firstBoot = firstBoot
    }
}
