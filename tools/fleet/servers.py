"""The servers of the fleet: one or several processes over one database."""

import os
import resource
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("BIN", ROOT / ".build/release"))


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


class Servers:
    def __init__(self, home, backend, count):
        self.home, self.processes = home, []
        resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
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
landmarks = "{ROOT}/var/models/shape_predictor_68_face_landmarks.dat"
descriptor = "{ROOT}/var/models/dlib_face_recognition_resnet_model_v1.dat"
[keys]
template_key_file = "{home}/template-key"
signing_key_file = "{home}/signing-key"
[policy]
time_zone = "UTC"
school_days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
[log]
level = "warning"
""")
        self.command("key", "make")
        # Makes the tables.
        self.command("terminal", "list")
        self.highest = {}

    def command(self, *arguments):
        subprocess.run([BIN / "rollcall-server", *arguments, "--config", self.configs[0]], check=True, stdout=subprocess.DEVNULL)

    def start(self):
        self.processes = [self.begin(config) for config in self.configs]
        for port in self.ports:
            self.wait_for(port)

    def begin(self, config):
        log = open(config.with_suffix(".log"), "a")
        return subprocess.Popen([BIN / "rollcall-server", "run", "--config", config], stdout=log, stderr=log)

    def wait_for(self, port):
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"no server listens: see {self.home}/server-*.log")

    def kill_one(self):
        self.processes[0].send_signal(signal.SIGKILL)
        self.processes[0].wait()
        self.processes[0] = self.begin(self.configs[0])

    def measure(self):
        self.now = []
        for number, process in enumerate(self.processes):
            try:
                memory = next(int(line.split()[1]) for line in open(f"/proc/{process.pid}/status") if line.startswith("VmRSS"))
                ticks = sum(map(int, open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()[11:13]))
                files = len(os.listdir(f"/proc/{process.pid}/fd"))
            except (OSError, StopIteration):
                continue
            self.now.append(f"{memory // 1024} MB, {files} files, {ticks / os.sysconf('SC_CLK_TCK'):.0f} s")
            self.highest[number] = max(self.highest.get(number, 0), memory // 1024)

    def words(self):
        return "; ".join(self.now)

    def peaks(self):
        return ", ".join(f"{memory} MB" for memory in self.highest.values())

    def stop(self):
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
                process.wait(60)
        self.processes = []
