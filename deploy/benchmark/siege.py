"""Who else comes while it is measured: somebody with bad tokens, as fast as he is refused, and somebody who says one byte a second."""
import signal, socket, ssl, threading

from .listening import ADDRESS
from .wrk import Wrk

CONNECTIONS = 16  # of each kind: kept, and new for each request; a TLS handshake said slowly, and a request
SECRET = 64       # digits at the end of a token


class Siege:
    """`with siege:` while it lasts. `refusals`: how many bad tokens a second were answered, each time."""

    def __init__(self, token):
        self.refusals = []
        bad = token[:-SECRET] + "0" * SECRET  # of a good one's id: the dearest to look at
        kept, anew = (Wrk(f"https://{ADDRESS}", bad, threads=1, connections=CONNECTIONS) for _ in range(2))
        anew.headers.append("Connection: close")
        self.floods = kept, anew

    def __enter__(self):
        self.running = [flood.begin(["/v1/vps"], 3600) for flood in self.floods]
        self.slow = Slow()
        self.slow.start()

    def __exit__(self, *failure):
        for process in self.running:
            process.send_signal(signal.SIGINT)
        found = [flood.end(process) for flood, process in zip(self.floods, self.running)]
        self.refusals.append([each["refused"] / each["seconds"] for each in found])
        self.slow.over.set()
        self.slow.join()


class Slow(threading.Thread):
    """Connections that say one byte a second each, and begin anew when they are closed."""

    def __init__(self):
        super().__init__(daemon=True)
        self.over = threading.Event()

    def run(self):
        speakers = [speak() for speak in (slow_handshake, slow_request) for _ in range(CONNECTIONS)]
        while not self.over.wait(1):
            for speaker in speakers:
                next(speaker)


def connected():
    host, port = ADDRESS.split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def careless():
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def hello():
    """What a client says first in TLS."""
    said = ssl.MemoryBIO()
    try:
        careless().wrap_bio(ssl.MemoryBIO(), said).do_handshake()
    except ssl.SSLWantReadError:
        return said.read()


def slow_handshake(): return byte_by_byte(connected, hello())
def slow_request(): return byte_by_byte(lambda: careless().wrap_socket(connected()), b"GET /v1/vps HTTP/1.1\r\nHost: roost\r\nX-Slow: " + b"a" * 1000)


def byte_by_byte(connect, words):
    """A byte each time that it is asked; from the beginning, on another connection, once this one is closed."""
    while True:
        try:
            with connect() as connection:
                for byte in words:
                    connection.sendall(bytes([byte]))
                    yield
        except OSError:
            yield
