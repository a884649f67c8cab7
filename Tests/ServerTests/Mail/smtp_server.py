"""A mail server for the tests: aiosmtpd over TLS, with a login, that writes what it takes into a folder.

    smtp_server.py FOLDER CERTIFICATE KEY OTHER-CERTIFICATE OTHER-KEY

It prints its ports as one line of JSON and ends with its standard input. A letter becomes FOLDER/NUMBER.eml, and every
connection and login a line of FOLDER/log. How it treats a letter is said by the recipient's local part, up to a `+`:

    busy      451 the first time, then it takes it       unknown   550 to the recipient
    full      452 to the letter the first time           spam      554 to the letter
    silent    takes the letter, never says so            drop      takes the letter, then hangs up without a reply
    closing   421 to the recipient the first time        lazy      takes the letter, says so after two seconds
"""

import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

USER, PASSWORD = b"rollcall", "pass word ü".encode()
folder, *pems = sys.argv[1:]
seen = {}
count = 0


def note(line):
    with open(os.path.join(folder, "log"), "a") as file:
        file.write(line + "\n")


def first(recipient):
    seen[recipient] = seen.get(recipient, 0) + 1
    return seen[recipient] == 1


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        kind = address.split("@")[0].split("+")[0]
        if kind == "unknown":
            return "550 5.1.1 Nobody of that name"
        if kind == "busy" and first(address):
            return "451 4.7.1 Greylisted, come again"
        if kind == "closing" and first(address):
            return "421 4.3.2 Closing for a moment"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global count
        recipient = envelope.rcpt_tos[0]
        kind = recipient.split("@")[0].split("+")[0]
        if kind == "spam":
            return "554 5.7.1 Not wanted"
        if kind == "full" and first(recipient):
            return "452 4.3.1 No space"
        count += 1
        draft = os.path.join(folder, "draft")
        with open(draft, "wb") as file:
            file.write(f"X-From: {envelope.mail_from}\r\nX-To: {recipient}\r\n".encode() + envelope.original_content)
        os.rename(draft, os.path.join(folder, f"{count:04}.eml"))
        if kind == "silent":
            await asyncio.sleep(3600)
        if kind == "drop":
            server.transport.abort()
        if kind == "lazy":
            await asyncio.sleep(2)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER, PASSWORD)
    note(f"login {mechanism} {'good' if good else 'bad'}")
    return AuthResult(success=good, handled=False, auth_data=data)


def context(certificate, key):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate, key)
    return made


class Slow(asyncio.Protocol):
    """Takes connections and never greets."""


async def main():
    loop = asyncio.get_running_loop()
    good, other = context(pems[0], pems[1]), context(pems[2], pems[3])
    login = dict(auth_required=True, authenticator=authenticate)

    def starttls(tls):
        def make():
            note("connection")
            return SMTP(Handler(), tls_context=tls, require_starttls=True, loop=loop, **login)
        return make, None

    def implicit(tls):
        def make():
            note("connection")
            return SMTP(Handler(), auth_require_tls=False, loop=loop, **login)
        return make, tls

    kinds = {
        "starttls": starttls(good), "implicit": implicit(good), "wrong_starttls": starttls(other),
        "wrong_implicit": implicit(other),
        "plain": (lambda: SMTP(Handler(), loop=loop), None), "slow": (Slow, None),
    }
    ports = {}
    for name, (make, tls) in kinds.items():
        server = await loop.create_server(make, "127.0.0.1", 0, ssl=tls)
        ports[name] = server.sockets[0].getsockname()[1]
    print(json.dumps(ports), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
