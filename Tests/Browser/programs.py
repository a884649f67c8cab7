"""The programs of the tests: a server over TLS and SQLite with its commands, a terminal, and what they are configured with."""

import datetime
import json
import os
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("BIN", ROOT / ".build/debug"))
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
PACK = ROOT / "var/models/rollcall-models.pack"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


def morning_zone():
    """A time zone in which it is between eight and nine in the morning: tests of the day see the same at every hour, and
    midnight never falls into them. The sign of these zones is the other way round."""
    ahead = (8 - datetime.datetime.now(datetime.timezone.utc).hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT", datetime.timedelta(hours=ahead)


class Refused(Exception):
    pass


class Server:
    def __init__(self, home):
        self.home, self.port, self.process = home, free_port(), None
        self.zone, self.ahead = morning_zone()
        self.config, self.authority = home / "server.toml", home / "tls/ca.pem"
        self.address = f"https://localhost:{self.port}"
        subprocess.run([ROOT / "tools/make-certificates", home / "tls"], check=True, stdout=subprocess.DEVNULL)
        self.tls = ssl.create_default_context(cafile=self.authority)
        # On a Sunday there is something to see, too.
        self.weekdays = {0, 1, 2, 3, 4, self.today().weekday()}
        self.config.write_text(f"""[listen]
address = "127.0.0.1"
port = {self.port}
[tls]
certificate = "{home}/tls/server.pem"
key = "{home}/tls/server.key"
[database]
path = "{home}/rollcall.sqlite"
[models]
pack = "{PACK}"
[keys]
template_key_file = "{home}/template-key"
signing_key_file = "{home}/signing-key"
[policy]
time_zone = "{self.zone}"
present_until = "08:00:00"
absent_after = "11:30:00"
school_days = {json.dumps([DAYS[each] for each in sorted(self.weekdays)])}
[log]
level = "notice"
""")
        self.command("key", "make")

    def now(self):
        """The school's wall clock."""
        return datetime.datetime.now(datetime.timezone.utc) + self.ahead

    def today(self):
        return self.now().date()

    def at(self, day, hour, minute):
        """Milliseconds since 1970 of a time of day at the school."""
        moment = datetime.datetime.combine(day, datetime.time(hour, minute), datetime.timezone.utc) - self.ahead
        return int(moment.timestamp() * 1000)

    def command(self, *arguments, given=None):
        done = subprocess.run(
            [BIN / "rollcall-server", *arguments, "--config", self.config], input=given, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode:
            raise Refused(f"rollcall-server {arguments[0]}: {(done.stderr or done.stdout).strip()[-300:]}")
        return done.stdout

    def start(self):
        with open(self.home / "server.log", "a") as log:
            self.process = subprocess.Popen(
                [BIN / "rollcall-server", "run", "--config", self.config], stdout=log, stderr=log)
        for _ in range(300):
            try:
                self.ask("GET", "/healthz")
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise Refused(f"the server did not start; see {self.home}/server.log")

    def stop(self):
        end(self.process)

    def ask(self, method, path, body=None, token=None):
        """What the server answers in JSON; Refused for a status that is not good."""
        request = urllib.request.Request(self.address + path, method=method)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, context=self.tls, timeout=60) as answer:
                content, is_json = answer.read(), "json" in answer.headers.get("Content-Type", "")
        except urllib.error.HTTPError as error:
            raise Refused(f"{method} {path}: {error.code} {error.read()[:300].decode(errors='replace')}") from None
        return json.loads(content) if content and is_json else None


class Terminal:
    """A real rollcalld that looks at the sample stream."""

    def __init__(self, home, server, token):
        self.home, self.port, self.process = home, free_port(), None
        self.address = f"http://127.0.0.1:{self.port}/"
        home.mkdir(parents=True)
        for name, content in (("token", token.strip().encode() + b"\n"), ("template-key", os.urandom(32))):
            path = home / name
            path.touch(mode=0o600)
            path.write_bytes(content)
        (home / "terminal.toml").write_text(f"""[camera]
source = "y4m"
path = "{ROOT}/var/sample/arrivals.y4m"
[models]
pack = "{PACK}"
[state]
directory = "{home}/state"
[server]
url = "{server.address}"
ca_file = "{server.authority}"
token_file = "{home}/token"
[keys]
template_key_file = "{home}/template-key"
[status]
port = {self.port}
show_names = true
[kiosk]
first_names = true
[log]
destination = "console"
""")

    def start(self):
        with open(self.home / "terminal.log", "a") as log:
            self.process = subprocess.Popen(
                [BIN / "rollcalld", "--config", self.home / "terminal.toml"], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log)
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise Refused(f"the terminal did not start; see {self.home}/terminal.log")

    def stop(self):
        end(self.process)


def end(process):
    if process and process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
