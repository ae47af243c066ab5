"""wrk, Debian's: asks as fast as it is answered, on connections that it keeps."""
import json, os, subprocess

from .host import FOLDER, Failed

SCRIPT = os.path.join(os.path.dirname(__file__), "wrk.lua")


class Wrk:
    """Connections to one server, at `url` or behind a unix socket."""
    CONNECTIONS = 16

    def __init__(self, url="http://localhost:80", token=None, socket=None, library=None, threads=2, connections=CONNECTIONS):
        self.url, self.threads, self.connections = url, threads, connections
        self.headers = [f"Authorization: Bearer {token}"] * bool(token)
        self.environment = dict(os.environ, UNIXWARD=socket, LD_PRELOAD=library) if socket else None

    def begin(self, paths, seconds):
        """A process that ends after so many seconds, or on SIGINT; then `end` says what it found."""
        file = f"{FOLDER}/paths-{id(self)}"
        with open(file, "w") as out:
            out.write("".join(f"{path}\n" for path in paths))
        headers = [word for header in self.headers for word in ("-H", header)]
        command = ["wrk", f"-t{self.threads}", f"-c{self.connections}", f"-d{seconds}s", "--latency", "--timeout", "60s", "-s", SCRIPT, *headers, self.url, file]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.environment)

    def end(self, process):
        words, _ = process.communicate()
        try:
            found = json.loads(words.splitlines()[-1])
        except (ValueError, IndexError):
            raise Failed(f"wrk {self.url}: status {process.returncode}\n{words}")
        return {**found, "rate": found["requests"] / found["seconds"]}

    def measure(self, paths, seconds):
        """Requests per second, median and p99 in ms. `Failed` if not every request was answered well."""
        found = self.end(self.begin(paths, seconds))
        if not found["requests"] or found["broken"] or found["refused"]:
            raise Failed(f"wrk {self.url}: not every request was answered well: {found}")
        return found
