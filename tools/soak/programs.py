"""The server and the terminal that the soak test runs, as real processes over real TLS."""

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import crowd

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("BIN", ROOT / ".build/release"))
# Seconds between the terminal's questions for a newer roster.
ROSTER_INTERVAL = 2
# People on the roster whom the camera never sees.
CROWD = 497
MODELS = f"""[models]
pack = "{ROOT}/var/models/rollcall-models.pack"
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


def wait_for(what, look, within=60):
    deadline = time.monotonic() + within
    while not (found := look()):
        if time.monotonic() > deadline:
            raise RuntimeError(f"waited {within} s in vain: {what}")
        time.sleep(0.2)
    return found


class Program:
    """A program that can be ended and begun again; its process is in `process`."""

    def begin(self, name, config, stdin=subprocess.DEVNULL):
        self.process = subprocess.Popen(
            [BIN / name, *(["run"] if name == "rollcall-server" else []), "--config", config],
            stdin=stdin, stdout=self.log, stderr=self.log)

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(60)


class Server(Program):
    def __init__(self, home: Path):
        self.home, self.port = home, free_port()
        self.config = home / "server.toml"
        self.log = open(home / "server.log", "a")
        subprocess.run([ROOT / "tools/make-certificates", home / "tls"], check=True, stdout=subprocess.DEVNULL)
        (home / "server").mkdir()
        self.config.write_text(f"""[listen]
address = "127.0.0.1"
port = {self.port}
[tls]
certificate = "{home}/tls/server.pem"
key = "{home}/tls/server.key"
[database]
path = "{home}/server/rollcall.sqlite"
{MODELS}[keys]
template_key_file = "{home}/server-template-key"
signing_key_file = "{home}/server-signing-key"
[policy]
time_zone = "UTC"
school_days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
""")
        self.command("key", "make")
        self.command("people", "list")
        self.crowd = crowd.fill(home / "server/rollcall.sqlite", home / "server-template-key", CROWD)

    def command(self, *arguments):
        outcome = subprocess.run([BIN / "rollcall-server", *arguments, "--config", self.config], capture_output=True, text=True)
        if outcome.returncode != 0:
            raise RuntimeError(f"rollcall-server {' '.join(map(str, arguments))}: {outcome.stderr.strip()}")
        return outcome.stdout

    def start(self):
        self.begin("rollcall-server", self.config)
        wait_for("the server listens", self.listens)

    def listens(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False

    def enrol_afresh(self, folder):
        """Who passes is removed and enrolled anew, with new ids, so that each may be marked once more. Returns the ids."""
        for person in self.who_passes():
            self.command("people", "remove", person)
        self.command("enrol", "--consent", "--folder", folder, "--class", "soak")
        return self.who_passes()

    def who_passes(self):
        return {person["id"].lower() for person in json.loads(self.command("people", "list", "--json"))} - self.crowd

    def marks(self):
        return json.loads(self.command("marks", "list", "--json", "--limit", "1000000"))


class Terminal(Program):
    def __init__(self, home: Path, server: Server, state: Path):
        self.home, self.status_port = home, free_port()
        self.config, self.log_file = home / "terminal.toml", home / "terminal.log"
        self.log = open(self.log_file, "a")
        self.deaths = 0
        token = home / "token"
        token.write_text(server.command("terminal", "add", "soak"))
        token.chmod(0o600)
        self.config.write_text(f"""[camera]
source = "y4m"
path = "-"
{MODELS}[state]
directory = "{state}"
[server]
url = "https://localhost:{server.port}"
ca_file = "{home}/tls/ca.pem"
token_file = "{token}"
roster_interval = {ROSTER_INTERVAL}
heartbeat_interval = 5
[keys]
template_key_file = "{home}/terminal-template-key"
[status]
port = {self.status_port}
[log]
destination = "console"
""")

    def start(self):
        read, self.pipe = os.pipe()
        os.set_blocking(self.pipe, False)
        self.begin("rollcalld", self.config, stdin=read)
        os.close(read)
        self.has_header = False

    def frames_in(self, header):
        """The pipe that takes frames; a terminal that has died is begun again first, as systemd would."""
        if self.process.poll() is not None:
            self.deaths += 1
            os.close(self.pipe)
            self.start()
        if not self.has_header:
            os.write(self.pipe, header)
            self.has_header = True
        return self.pipe

    def status(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.status_port}/status", timeout=5) as answer:
                return json.load(answer)
        except (OSError, ValueError):
            return None

    def claimed(self):
        """The marks that the log says are durable: id of the mark -> (id of the person, milliseconds since the first good frame)."""
        lines = self.log_file.read_text(errors="replace").splitlines()
        found = (re.search(r" is \w+ at .*latency_ms=(\d+) .*mark=(\S+) .*person=(\S+)", line) for line in lines)
        return {match[2]: (match[3], int(match[1])) for match in found if match}
