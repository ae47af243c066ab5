"""HTTP over a unix socket: Roost's and LXD's."""
import http.client, json, socket

from .host import Failed


class Api(http.client.HTTPConnection):
    """One connection, kept. Not for several threads."""

    def __init__(self, path):
        super().__init__("localhost", timeout=120)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)

    def call(self, method, path, body=None, headers=None):
        if not isinstance(body, (bytes, type(None))):
            headers = {"Content-Type": "application/json", **(headers or {})}
            body = json.dumps(body)
        self.request(method, path, body, headers or {})
        answer = self.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise Failed(f"{method} {path}: {answer.status} {text.decode()}")
        return json.loads(text) if text else None
