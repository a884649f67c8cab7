"""The servers of the fleet: one or several processes over one database."""

import os
import resource
import signal
import socket
import subprocess
import time
from pathlib import Path

from usage import processor_seconds

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("BIN", ROOT / ".build/release"))


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


class Servers:
    def __init__(self, home, backend, count=1):
        self.home, self.processes, self.spent, self.highest = home, [], 0.0, {}
        self.authority = home / "tls/ca.pem"
        self.key_file = home / "template-key"
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        subprocess.run([ROOT / "tools/make-certificates", home / "tls"], check=True, stdout=subprocess.DEVNULL)
        self.ports = [free_port() for _ in range(count)]
        self.configs = [home / f"server-{number}.toml" for number in range(count)]
        for config, port in zip(self.configs, self.ports):
            config.write_text(f"""[listen]
address = "127.0.0.1"
port = {port}
[tls]
certificate = "{home}/tls/server.pem"
key = "{home}/tls/server.key"
[database]
{backend.setting}
[images]
folder = "{home}/images"
[models]
pack = "{ROOT}/var/models/rollcall-models.pack"
[keys]
template_key_file = "{self.key_file}"
signing_key_file = "{home}/signing-key"
[policy]
time_zone = "UTC"
school_days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
present_until = "23:58:00"
absent_after = "23:59:00"
[log]
level = "warning"
""")
        self.command("key", "make")
        # Makes the tables, and takes the configuration over while there is nothing yet that follows from it.
        self.start()
        self.stop()

    def command(self, *arguments, text=None):
        """One of the program's commands, on the fleet's database; what it prints."""
        return subprocess.run(
            [BIN / "rollcall-server", *arguments, "--config", self.configs[0]], check=True, input=text, text=True,
            stdout=subprocess.PIPE).stdout.strip()

    def start(self):
        self.processes = [self.begin(config) for config in self.configs]
        for port in self.ports:
            self.wait_for(port)

    def begin(self, config):
        with open(config.with_suffix(".log"), "a") as log:
            return subprocess.Popen([BIN / "rollcall-server", "run", "--config", config], stdout=log, stderr=log)

    def wait_for(self, port):
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"no server listens: see {self.home}/server-*.log")

    def kill_one(self):
        self.spent += processor_seconds(self.processes[0].pid)
        self.processes[0].send_signal(signal.SIGKILL)
        self.processes[0].wait()
        self.processes[0] = self.begin(self.configs[0])

    def pids(self):
        return [process.pid for process in self.processes if process.poll() is None]

    def processor_seconds(self):
        """Of all there were, the killed one too."""
        return self.spent + sum(map(processor_seconds, self.pids()))

    def memory(self):
        """Of each, in megabytes."""
        found = []
        for number, pid in enumerate(self.pids()):
            with open(f"/proc/{pid}/status") as status:
                size = next((int(line.split()[1]) for line in status if line.startswith("VmRSS")), 0) // 1024
            self.highest[number] = max(self.highest.get(number, 0), size)
            found.append(f"{size} MB, {len(os.listdir(f'/proc/{pid}/fd'))} files")
        return "; ".join(found)

    def peaks(self):
        return ", ".join(f"{memory} MB" for memory in self.highest.values())

    def stop(self):
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(60)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        self.processes = []
