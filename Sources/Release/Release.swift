/// What this build is. All four programs say the same.
package enum Release {
    package static let version = "0.1.0"
}
