"""The central server beside the machine: the real rollcall-server over real TLS."""

import json
import shutil
import signal
import subprocess
import time
import urllib.request
import ssl
from pathlib import Path

from machine import BUILT, ROOT, Failure, eventually

PORT = 18443
FIXTURE = BUILT / "school"


def configuration(folder):
    models = ROOT / "var/models"
    return f"""
[listen]
address = "127.0.0.1"
port = {PORT}
[tls]
certificate = "{folder}/tls/server.pem"
key = "{folder}/tls/server.key"
[database]
path = "{folder}/rollcall.sqlite"
[models]
pack = "{models}/rollcall-models.pack"
[keys]
template_key_file = "{folder}/template-key"
signing_key_file = "{folder}/signing-key"
[policy]
time_zone = "Europe/London"
school_days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
"""


class School:
    """A copy of the built school: its database has the sample people and one terminal, the machine's."""

    def __init__(self, folder):
        self.folder = Path(folder)
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(FIXTURE, self.folder)
        (self.folder / "server.toml").write_text(configuration(self.folder))
        self.process = None

    def start(self):
        self.log = open(self.folder / "log", "a")
        self.process = subprocess.Popen(
            [ROOT / ".build/release/rollcall-server", "run", "--config", self.folder / "server.toml"],
            stdout=self.log, stderr=self.log)
        eventually("the server", self.answers, 60)

    def answers(self):
        context = ssl.create_default_context(cafile=self.folder / "tls/ca.pem")
        try:
            return urllib.request.urlopen(f"https://localhost:{PORT}/healthz", context=context, timeout=5).status == 200
        except OSError:
            if self.process.poll() is not None:
                raise Failure(f"rollcall-server ended: {(self.folder / 'log').read_text()[-500:]}")
            return False

    def runs(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        if self.runs():
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(40)

    def command(self, *arguments):
        outcome = subprocess.run(
            [ROOT / ".build/release/rollcall-server", *arguments, "--config", self.folder / "server.toml"],
            capture_output=True, text=True)
        if outcome.returncode != 0:
            raise Failure(f"rollcall-server {' '.join(arguments)}: {outcome.stderr.strip()}")
        return outcome.stdout

    def marks(self):
        return json.loads(self.command("marks", "list", "--json", "--limit", "1000000"))

    def names(self):
        return sorted(mark["name"] for mark in self.marks())
