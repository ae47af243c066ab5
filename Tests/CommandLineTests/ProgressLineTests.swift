import APIModel
import APIServerFake
@testable import roost
import Testing

@Suite("Progress") struct ProgressLineTests {
    @Test("without a terminal, each change is a line, and only changes are")
    func plain() {
        var line = ProgressLine(width: nil)
        #expect(line.update(Samples.operation("running", progress: 0, message: "")) == "creating acme/web1: 0 %\n")
        #expect(line.update(Samples.operation("running", progress: 0, message: "")) == nil)
        #expect(line.update(Samples.operation("running", progress: 40, message: "copying the disk")) == "creating acme/web1: 40 %, copying the disk\n")
        #expect(line.finish() == nil)
    }

    @Test("on a terminal, one line is drawn again, never wider than it, and taken away at the end")
    func terminal() {
        var line = ProgressLine(width: 30)
        let drawn = line.update(Samples.operation("running", progress: 40, message: "copying"))
        #expect(drawn == "\r\u{1B}[K" + "creating acme/web1 [########..".prefix(29))
        #expect(line.update(Samples.operation("running", progress: 40, message: "copying")) == nil)
        #expect(line.finish() == "\r\u{1B}[K")
        #expect(line.finish() == nil)
    }

    @Test("nothing was drawn, nothing is taken away") func nothing() {
        var line = ProgressLine(width: 80)
        #expect(line.finish() == nil)
    }

    @Test("the bar holds for any number", arguments: [(-5, "[....................]  -5 %"), (0, "[....................]   0 %"), (50, "[##########..........]  50 %"), (100, "[####################] 100 %"), (1000, "[####################] 1000 %")])
    func bar(progress: Int, expected: String) { #expect(ProgressLine.bar(Samples.operation("running", progress: progress)).contains(expected)) }

    @Test("each kind has its words", arguments: [("vps.start", "starting a/b"), ("vps.delete", "deleting a/b"), ("template.build", "building a/b"), ("new.kind", "new.kind a/b")])
    func kinds(kind: String, words: String) { #expect(ProgressLine.doing(Samples.operation(kind: kind, subject: "a/b")) == words) }
}
