-- Asks for the paths of a file in turn, each thread from another place on; says at the end, as JSON, what was found.
local threads = 0

function setup(thread)
   thread:set("begin", threads)
   threads = threads + 1
end

function init(args)
   asked, at = {}, 0
   for path in io.lines(args[1]) do asked[#asked + 1] = wrk.format("GET", path) end
   at = begin * 37
end

function request()
   at = at % #asked + 1
   return asked[at]
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format('{"requests": %d, "seconds": %.6f, "median": %.3f, "p99": %.3f, "broken": %d, "refused": %d}\n',
      summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
      errors.connect + errors.read + errors.write + errors.timeout, errors.status))
end
