"""Roost over the network, too, and with rates that no program here reaches."""
import os

from .host import FOLDER, run
from .roost import OWNER, Roost

ADDRESS = "127.0.0.1:8443"


class Listening(Roost):
    rates = "requestsPerSecond: 1000000"

    @property
    def settings(self): return f"api: {{listen: '{ADDRESS}', certificate: {FOLDER}/tls.crt, key: {FOLDER}/tls.key, {self.rates}}}\n"

    def set_up(self):
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=roost",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{FOLDER}/tls.key", "-out", f"{FOLDER}/tls.crt")
        os.chown(f"{FOLDER}/tls.key", int(OWNER), int(OWNER))
        super().set_up()

    def token(self, path, role):
        return self.api.call("POST", path, {"name": f"bench-{role}", "role": role})["secret"]
