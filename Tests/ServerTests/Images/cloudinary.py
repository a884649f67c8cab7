"""The part of Cloudinary that the server uses, over HTTPS, by its documentation: signed upload and destroy, and delivery of
assets of type `authenticated` by a signed address. Every signature is computed here anew, from what was sent.

cloudinary.py CERTIFICATE KEY CLOUD API_KEY SECRET DIGEST; prints its port, and ends with its standard input.
"""

import base64
import email
import hashlib
import json
import os
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

certificate, key, CLOUD, API_KEY, SECRET, DIGEST = sys.argv[1:]
UNSIGNED = {"file", "cloud_name", "resource_type", "api_key", "signature"}
assets, lock = {}, threading.Lock()


def digest(text):
    return hashlib.new(DIGEST, (text + SECRET).encode())


def request_signature(fields):
    signed = sorted((name, value) for name, value in fields.items() if name not in UNSIGNED)
    return digest("&".join(f"{name}={value}" for name, value in signed)).hexdigest()


def delivery_signature(path):
    text = base64.urlsafe_b64encode(digest(path).digest()).decode()
    return f"s--{text[: 8 if DIGEST == 'sha1' else 32]}--"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, kind="application/json"):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def say(self, status, value):
        self.answer(status, json.dumps(value).encode())

    def refuse(self, status, message):
        self.say(status, {"error": {"message": message}})

    def form(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = email.message_from_bytes(head + body).get_payload()
        fields = {}
        for part in parts:
            name = part.get_param("name", header="content-disposition")
            data = part.get_payload(decode=True)
            fields[name] = data if name == "file" else data.decode()
        return fields

    def do_POST(self):
        fields = self.form()
        action = self.path.rsplit("/", 1)[-1]
        if self.path != f"/v1_1/{CLOUD}/image/{action}" or action not in ("upload", "destroy"):
            return self.refuse(404, "Not found")
        if fields.get("api_key") != API_KEY:
            return self.refuse(401, "Unknown API key")
        if abs(time.time() - int(fields["timestamp"])) > 3600:
            return self.refuse(400, "Stale request")
        if fields.get("signature") != request_signature(fields):
            return self.refuse(401, f"Invalid Signature {fields.get('signature')}")
        name = (fields.get("type", "upload"), fields["public_id"])
        with lock:
            if action == "destroy":
                return self.say(200, {"result": "ok" if assets.pop(name, None) is not None else "not found"})
            if fields.get("overwrite") != "false" or name not in assets:
                assets[name] = fields["file"]
        self.say(200, {"public_id": name[1], "type": name[0], "version": 1, "format": "jpg", "bytes": len(fields["file"])})

    def do_GET(self):
        if self.path == "/assets":
            return self.say(200, sorted("/".join(name) for name in assets))
        parts = self.path.split("/")
        if parts[1:4] != [CLOUD, "image", "authenticated"] or len(parts) != 6:
            return self.refuse(404, "Not found")
        if parts[4] != delivery_signature(parts[5]):
            return self.refuse(401, "Invalid signature")
        file = assets.get(("authenticated", parts[5].removesuffix(".jpg")))
        if file is None:
            return self.refuse(404, "Resource not found")
        self.answer(200, file, "image/jpeg")


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
os._exit(0)
