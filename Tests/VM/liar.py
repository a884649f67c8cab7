"""A server in the school's place that misbehaves."""

import socket
import ssl
import sys
import threading

from machine import ROOT
from school import PORT

sys.path.insert(0, str(ROOT / "Tests/TerminalTests/Sync"))
from hostile_server import handle  # noqa: E402


class Liar:
    """Answers every request by one case of behaviours.py after another, until `stop`. `tls` is the folder of its certificate."""

    def __init__(self, tls, cases):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(tls / "server.pem", tls / "server.key")
        self.cases, self.requests = cases, 0
        self.listener = socket.create_server(("127.0.0.1", PORT), backlog=64)
        self.connections = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                plain, _ = self.listener.accept()
            except OSError:
                return
            self.connections.append(plain)
            threading.Thread(target=handle, args=(plain, self.context, self.case), daemon=True).start()

    def case(self):
        """The next request's."""
        self.requests += 1
        return self.cases[self.requests % len(self.cases)]

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for plain in self.connections:
            try:
                plain.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
