/// What can be opened of a running VPS.
package enum StreamKind: String, Sendable, CaseIterable { case exec, console }
