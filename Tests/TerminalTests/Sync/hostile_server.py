"""A central server that misbehaves in every way that the sync client has to survive, and one way that is right.

    hostile_server.py

makes certificates in a folder of its own, listens on loopback, prints one line of JSON with the folder and its ports,
and serves until standard input ends, when it removes the folder.

A request goes to /CASE/v1/terminal/...; CASE is a function of behaviours.py, or reset_early. CASE@marks misbehaves on
that endpoint only, and anything after a + keeps one test's requests apart from another's. A line CASE on standard input
is answered by a line of JSON with what the case has seen.
"""

import json
import os
import shutil
import socket
import ssl
import struct
import sys
import tempfile
import threading
import warnings

sys.dont_write_bytecode = True
warnings.simplefilter("ignore", DeprecationWarning)

import behaviours  # noqa: E402
import certificates  # noqa: E402

class Connection:
    def __init__(self, plain, context, case=None):
        self.plain = plain
        # Gives a request its case, for clients that do not name one.
        self.case = case
        # A reset has to discard what is queued.
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.tls = context.wrap_socket(plain, server_side=True)
        self.buffer = b""
        self.cases = set()

    def sendall(self, data):
        self.tls.sendall(data)

    def recv(self, count):
        return self.tls.recv(count)

    def reset(self):
        self.tls.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def read(self):
        """The next request, or None at the end."""
        while b"\r\n\r\n" not in self.buffer:
            data = self.tls.recv(65536)
            if not data:
                return None
            self.buffer += data
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        line, *lines = head.decode("latin-1").split("\r\n")
        if self.case:
            line = line.replace(" /", f" /{self.case()}/", 1)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if "/reset_early" in line:
            self.reset()
            raise behaviours.Hangup
        length = int(headers.get("content-length", 0))
        while len(self.buffer) < length:
            self.buffer += self.tls.recv(65536) or (_ for _ in ()).throw(behaviours.Hangup())
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        return behaviours.Request(self, line, headers, body)

    def serve(self):
        while request := self.read():
            if request.case not in self.cases:
                self.cases.add(request.case)
                with behaviours.lock:
                    behaviours.record(request.case)["connections"] += 1
            name, _, endpoint = request.case.partition("+")[0].partition("@")
            behave = getattr(behaviours, name) if endpoint in ("", request.endpoint) else behaviours.good
            behave(request)


def handle(plain, context, case=None):
    connection = None
    try:
        plain.settimeout(60)
        connection = Connection(plain, context, case)
        connection.serve()
    except (behaviours.Hangup, OSError, ValueError):
        pass
    finally:
        (connection.tls if connection else plain).close()


def listen(serve):
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)

    def accept():
        while True:
            plain, _ = listener.accept()
            threading.Thread(target=serve, args=(plain,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def over_tls(folder, name, maximum=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(folder, name + ".pem"), os.path.join(folder, name + ".key"))
    if maximum is not None:
        # OpenSSL's security level 1 forbids TLS 1.1 and older.
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = maximum
    return lambda plain: handle(plain, context)


def plain_http(plain):
    plain.recv(4096)
    plain.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    plain.close()


def closing(plain):
    plain.close()


def mute(plain):
    """Accepts and never says a word of TLS."""
    while plain.recv(4096):
        pass


def main():
    folder = tempfile.mkdtemp(prefix="rollcall-hostile-")
    certificates.make(folder)
    ports = behaviours.PORTS
    ports |= {name: listen(over_tls(folder, name)) for name in ("good", "wrong_name", "expired", "not_yet", "self_signed")}
    ports["old_tls"] = listen(over_tls(folder, "good", maximum=ssl.TLSVersion.TLSv1_1))
    ports["plain_http"] = listen(plain_http)
    ports["closing"] = listen(closing)
    ports["mute"] = listen(mute)
    print(json.dumps({"folder": folder, "ports": ports}), flush=True)
    for line in sys.stdin:
        with behaviours.lock:
            print(json.dumps(behaviours.record(line.strip())), flush=True)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
