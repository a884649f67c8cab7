"""How the hostile server misbehaves: one function per case, and `good`, which does what rollcall-server does."""

import base64
import gzip
import json
import os
import struct
import threading
import time

lock = threading.Lock()
seen = {}  # case -> what it has seen
PORTS = {}  # kind of listener -> port


class Hangup(Exception):
    """Ends the connection."""


def record(case):
    """Requests by endpoint, times received by mark id, connections, the last request's headers, roster cursors."""
    return seen.setdefault(case, {"requests": {}, "stored": {}, "connections": 0, "headers": {}, "cursors": []})


class Request:
    def __init__(self, connection, line, headers, body):
        self.connection, self.headers, self.body = connection, headers, body
        self.method, target, _ = line.split(" ", 2)
        _, self.case, path = target.split("/", 2)
        self.path, _, self.query = path.partition("?")
        self.endpoint = self.path.rsplit("/", 1)[-1]
        with lock:
            requests = record(self.case)["requests"]
            self.number = requests[self.endpoint] = requests.get(self.endpoint, 0) + 1
            record(self.case)["headers"] = headers

    def send(self, data):
        self.connection.sendall(data)

    def reply(self, body, status="200 OK", headers=(), version="HTTP/1.1"):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        kind = "application/json" if status.startswith("200") else "application/problem+json"
        lines = [f"{version} {status}", f"Content-Length: {len(body)}"]
        # The terminal has to forget it.
        lines.append("Set-Cookie: session=stolen; Path=/")
        if not any(header.lower().startswith("content-type:") for header in headers):
            lines.append(f"Content-Type: {kind}")
        self.send(("\r\n".join([*lines, *headers, "", ""])).encode() + body)

    def walk_bys(self):
        return [walk_by["id"] for walk_by in json.loads(self.body)["walk_bys"]]

    def marks(self):
        return [mark["id"] for mark in json.loads(self.body)["marks"]]

    def store(self):
        """Stores the batch as a server should, by id, and gives the receipt's results."""
        results = []
        with lock:
            stored = record(self.case)["stored"]
            for id in self.walk_bys() if self.endpoint == "walk-bys" else self.marks():
                results.append({"id": id, "result": "duplicate" if id in stored else "accepted"})
                stored[id] = stored.get(id, 0) + 1
        return results


def now_ms():
    return int(time.time() * 1000)


POLICY = json.loads(os.environ.get("ROLLCALL_TEST_POLICY", "{}"))


def person(number):
    template = struct.pack("<128f", *[number / 1000 + i / 500 for i in range(128)])
    return {"id": f"00000000-0000-7000-8000-{number:012x}", "name": f"Person {number}", "class": "1A",
            "templates": [base64.b64encode(template).decode()], "model": "dlib-resnet-v1"}


def delta(cursor, people=(), more=False, reset=False, removed=()):
    return {"cursor": cursor, "reset": reset, "people": list(people), "removed": list(removed), "policy": POLICY,
            "server_time_ms": now_ms(), "more": more}


def good(request):
    """What rollcall-server does: three pages of roster, a receipt for each mark, a time for each heartbeat."""
    if request.endpoint in ("marks", "walk-bys"):
        return request.reply({"results": request.store(), "server_time_ms": now_ms()})
    if request.endpoint == "heartbeat":
        return request.reply({"server_time_ms": now_ms()})
    page = int(request.query.partition("cursor=")[2] or 0)
    with lock:
        record(request.case)["cursors"].append(page)
    if page >= 3:
        return request.reply(delta("3"))
    request.reply(delta(str(page + 1), [person(page * 10 + i) for i in range(10)], more=page < 2, reset=page == 0))


def endless_body(request):
    request.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while True:
        request.send(b" " * 65536)


def endless_chunks(request):
    request.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        request.send(b"10000\r\n" + b"[" * 65536 + b"\r\n")


def endless_headers(request):
    request.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        request.send(b"X-Padding: " + b"x" * 100 + b"\r\n")


def many_headers(request):
    request.reply({}, headers=[f"X-{number}: 1" for number in range(1000)])


def endless_header_line(request):
    request.send(b"HTTP/1.1 200 OK\r\nX-Padding: ")
    while True:
        request.send(b"x" * 65536)


def endless_interim(request):
    while True:
        request.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")


def endless_trailer(request):
    request.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                 b"2\r\n{}\r\n0\r\n")
    while True:
        request.send(b"X-Padding: " + b"x" * 1000 + b"\r\n")


def deep_json(request):
    request.reply(b"[" * 100_000)


def deep_objects(request):
    request.reply(b'{"a":' * 100_000 + b"1" + b"}" * 100_000)


def wide_json(request):
    """A legal size for a roster page, but a million values."""
    request.reply(b"[" + b"1," * 500_000 + b"1]")


def full_json(request):
    """A roster page of a legal size with as many values as the terminal looks at, each an escaped string."""
    request.reply(b'{"removed":[' + b",".join([b'"' + b"\\u00e9" * 8 + b'"'] * 19_000) + b"]}")


def heavy_roster(request):
    """Ten pages, each with as many people and templates as a page may have."""
    if request.endpoint != "roster":
        return good(request)
    page = int(request.query.partition("cursor=")[2] or 0)
    if page >= 10:
        return request.reply(delta("10"))
    people = [person(page * 50 + number) for number in range(50)]
    for entry in people:
        entry["templates"] *= 16
    request.reply(delta(str(page + 1), people, more=page < 9, reset=page == 0))


def bad_utf8(request):
    request.reply(b'{"results":[{"id":"\xff\xfe","result":"accepted"}],"cursor":"\xff","server_time_ms":"\xc0"}')


def huge_numbers(request):
    request.reply(b'{"server_time_ms":1e999999,"results":[],"cursor":"1","more":99999999999999999999999999}')


def too_large(request):
    request.reply(b" " * (8 * 1024 * 1024 + 1))


def lying_length(request):
    request.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999999999999\r\n\r\n{}")


def negative_length(request):
    request.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n{}")
    raise Hangup


def truncated(request):
    request.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"results\":[")
    raise Hangup


def reset(request):
    """The connection is reset after the request was read and not stored."""
    request.connection.reset()
    raise Hangup


def http10(request):
    if request.endpoint == "marks":
        request.reply({"results": request.store(), "server_time_ms": now_ms()}, version="HTTP/1.0")
    elif request.endpoint == "roster":
        request.reply(delta("1"), version="HTTP/1.0")
    else:
        request.reply({"server_time_ms": now_ms()}, version="HTTP/1.0")
    raise Hangup


def garbage(request):
    request.send(bytes(range(256)) * 16)
    raise Hangup


def http09(request):
    request.send(b'{"results":[],"server_time_ms":1}')
    raise Hangup


def not_json(request):
    request.reply(b"<html>Please log in to the guest network</html>", headers=["Content-Type: text/html"])


BOMB = gzip.compress(b" " * (32 << 20), 1)


def gzip_bomb(request):
    request.reply(BOMB, headers=["Content-Encoding: gzip"])


def gzip_transfer(request):
    request.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: gzip, chunked\r\n\r\n")
    request.send(b"%x\r\n" % len(BOMB) + BOMB + b"\r\n0\r\n\r\n")


def drip(request):
    request.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n")
    while True:
        request.send(b" ")
        time.sleep(1)


def silent(request):
    while request.connection.recv(4096):
        pass
    raise Hangup


def foreign_acks(request):
    if request.endpoint != "marks":
        return good(request)
    results = [{"id": f"99999999-0000-7000-8000-{i:012x}", "result": "accepted"} for i in range(len(request.marks()))]
    request.reply({"results": results, "server_time_ms": now_ms()})


def foreign_beside_real(request):
    if request.endpoint != "marks":
        return good(request)
    results = request.store()[:150] + [{"id": "99999999-0000-7000-8000-000000000000", "result": "rejected",
                                        "reason": "never sent"}]
    request.reply({"results": results, "server_time_ms": now_ms()})


def empty_receipt(request):
    if request.endpoint != "marks":
        return good(request)
    request.reply({"results": [], "server_time_ms": now_ms()})


def twice(request):
    """Each id accepted and, further down, rejected."""
    if request.endpoint != "marks":
        return good(request)
    results = [{"id": id, "result": "accepted"} for id in request.marks()[:100]]
    results += [{"id": r["id"], "result": "rejected", "reason": "second thought"} for r in results]
    request.reply({"results": results, "server_time_ms": now_ms()})


def half(request):
    """Answers only every second mark of a batch, and the only one of a batch of one."""
    if request.endpoint != "marks":
        return good(request)
    request.body = json.dumps({"marks": json.loads(request.body)["marks"][::2]})
    request.reply({"results": request.store(), "server_time_ms": now_ms()})


def rejecting(request):
    if request.endpoint != "marks":
        return good(request)
    results = [{"id": id, "result": "rejected", "reason": "person unknown"} for id in request.marks()]
    request.reply({"results": results, "server_time_ms": now_ms()})


def lost_reply(request):
    """Stores the first batch and dies before it answers; the terminal has to send it again."""
    if request.endpoint == "marks" and request.number == 1:
        request.store()
        request.connection.reset()
        raise Hangup
    good(request)


def old_server(request):
    """As a server from before unsure walk-bys."""
    (status_404 if request.endpoint == "walk-bys" else good)(request)


def lost_walk_bys(request):
    """Stores the first walk-bys and dies before it answers."""
    if request.endpoint == "walk-bys" and request.number == 1:
        request.store()
        request.connection.reset()
        raise Hangup
    good(request)


def strange_walk_bys(request):
    """Answers others than were sent, then rejects those that were."""
    if request.endpoint != "walk-bys":
        return good(request)
    ids = ["99999999-0000-7000-8000-000000000000"] if request.number <= 3 else request.walk_bys()
    results = [{"id": id, "result": "rejected", "reason": "nobody\x1b[31m"[:6]} for id in ids]
    request.reply({"results": results, "server_time_ms": now_ms()})


def recovering(request):
    """Fails three times on each endpoint, then works."""
    (status_500 if request.number <= 3 else good)(request)


def same_cursor(request):
    if request.endpoint != "roster":
        return good(request)
    request.reply(delta("1", [person(1)], more=True))


def endless_roster(request):
    if request.endpoint != "roster":
        return good(request)
    page = int(request.query.partition("cursor=")[2] or 0)
    request.reply(delta(str(page + 1), [person(page % 10)], more=True))


def bad_person(request):
    if request.endpoint != "roster":
        return good(request)
    bad = person(2)
    bad["templates"] = [base64.b64encode(b"\xff" * 512).decode()]
    request.reply(delta("1", [person(1), bad]))


def wrong_time(request):
    if request.endpoint == "marks":
        return request.reply({"results": request.store(), "server_time_ms": 1})
    request.reply({"server_time_ms": 1} if request.endpoint == "heartbeat" else dict(delta("1"), server_time_ms=1))


def redirect_http(request):
    request.reply(b"", "302 Found", ["Location: http://localhost:1/steal"])


def redirect_https(request):
    target = f"https://localhost:{PORTS['good']}/stolen/{request.path}"
    request.reply(b"", "307 Temporary Redirect", [f"Location: {target}"])


def busy(request):
    request.reply({"title": "Too many\r\nrequests\x1b[31m", "status": 429}, "429 Too Many Requests", ["Retry-After: 7"])


def busy_date(request):
    request.reply({"title": "Maintenance"}, "503 Service Unavailable",
                  ["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sun, 06 Nov 1994 08:50:07 GMT"])


def status_500(request):
    request.reply(b"x" * 100_000, "500 Internal Server Error", ["Content-Type: text/plain"])


def status_500_huge_title(request):
    request.reply({"title": "a" * 900, "status": 500}, "500 Internal Server Error")


def status_401(request):
    request.reply({"title": "Unknown token", "status": 401}, "401 Unauthorized", ["WWW-Authenticate: Bearer"])


def status_403(request):
    request.reply({"title": "Terminal disabled", "status": 403}, "403 Forbidden")


def status_404(request):
    request.reply(b"[" * 20_000, "404 Not Found")


def status_410(request):
    request.reply({"title": "Terminal removed", "status": 410}, "410 Gone")


def status_413(request):
    request.reply({"title": "Too large", "status": 413}, "413 Content Too Large")


def status_204(request):
    request.send(b"HTTP/1.1 204 No Content\r\n\r\n")


def status_304(request):
    request.send(b"HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n")


def tagged(request):
    """As rollcall-server does: the answer to the same question has the same tag, and need not come again."""
    if request.endpoint != "roster" or not request.query.endswith("cursor=3"):
        return good(request)
    tag = 'W/"three"'
    with lock:
        known = record(request.case)["tags"] = record(request.case).get("tags", [])
        known.append(request.headers.get("if-none-match", ""))
    if request.headers.get("if-none-match") == tag:
        return request.send(f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode())
    request.reply(delta("3"), headers=[f"ETag: {tag}"])


def bad_tags(request):
    """Tags that must not come back: they are none, or would not fit."""
    if request.endpoint != "roster":
        return good(request)
    tags = ["three", '"', '"a b"', 'W/three', '"' + "x" * 300 + '"', '"\x01"', '"caf\xe9"', '']
    request.reply(delta("3"), headers=[f"ETag: {tags[request.number % len(tags)]}"])


def moving(request):
    """The cursor goes on, but nothing that this terminal knows changes."""
    if request.endpoint != "roster":
        return good(request)
    page = int(request.query.partition("cursor=")[2] or 0)
    if page == 0:
        return request.reply(delta("1", [person(1)], reset=True))
    request.reply(delta(str(min(page + 1, 5)), removed=["99999999-0000-7000-8000-000000000000"] if page < 5 else []))


def rotating(request):
    """Grants the token that follows, and knows the one before no more once that one was used."""
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    with lock:
        tokens = record(request.case).setdefault("tokens", ["test-token", None])
        if token == tokens[1]:
            tokens[:] = [token, None]
        is_good = token == tokens[0]
    if not is_good:
        return status_401(request)
    if request.endpoint != "token":
        return good(request)
    with lock:
        tokens[1] = f"token-that-follows-{request.number}"
    request.reply({"token": tokens[1], "name": "door"})


def losing(request):
    """As rotating, but the first answer with a token is lost."""
    if request.endpoint == "token" and request.number == 1:
        raise Hangup
    rotating(request)


def forgetful(request):
    """Knows only the first token, as a server does whose database was restored."""
    if request.headers.get("authorization") != "Bearer test-token":
        return status_401(request)
    good(request)


def registering(request):
    """Takes one code, once."""
    with lock:
        used = record(request.case).get("used", False)
        right = request.endpoint == "register" and json.loads(request.body) == {"code": "rcg_right-code"}
        record(request.case)["used"] = used or right
    if used or not right:
        return status_401(request)
    request.reply({"token": "rct_token-of-this-terminal", "name": "north door"})


def registering_badly(request):
    request.reply({"token": "two words, no token", "name": "north\u0000door"})
