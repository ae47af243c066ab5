internal import APIModel

enum DoctorText {
    /// A line a check; under what is not well, what that means and what to do; at the end, the sum.
    static func report(_ checks: [DoctorCheck], _ style: Style = .plain) -> String {
        let statusWidth = checks.map { Visible.text($0.status).count }.max() ?? 0
        let nameWidth = checks.map { Visible.text($0.name).count }.max() ?? 0
        return checks.map { check(on: $0, statusWidth, nameWidth, style) }.joined() + sum(checks) + "\n"
    }

    private static func check(on check: DoctorCheck, _ statusWidth: Int, _ nameWidth: Int, _ style: Style) -> String {
        let status = Visible.text(check.status)
        let name = Visible.text(check.name)
        let indent = String(repeating: " ", count: statusWidth + 2)
        let gap = String(repeating: " ", count: statusWidth - status.count + 2)
        let found = check.found.isEmpty ? "" : String(repeating: " ", count: nameWidth - name.count + 2) + Visible.text(check.found)
        var text = style.dress(status, Style.Tone(state: check.status)) + gap + name + found + "\n"
        if check.status == "ok" { return text }
        if !check.meaning.isEmpty { text += "\(indent)means:  \(Visible.text(check.meaning))\n" }
        if !check.remedy.isEmpty { text += "\(indent)remedy: \(Visible.text(check.remedy))\n" }
        return text
    }

    private static func sum(_ checks: [DoctorCheck]) -> String {
        let count = { (status: String) in checks.filter { $0.status == status }.count }
        return "\(count("ok")) ok, \(count("warning")) \(count("warning") == 1 ? "warning" : "warnings"), \(count("missing")) missing"
    }
}
