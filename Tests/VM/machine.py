"""A machine under emulation, with the kernel's own V4L2 drivers and systemd, and the rollcalld of the package in it."""

import json
import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / ".build/vm"
# Without FMA, which emulation does in software, the vision core takes the way that every processor has.
CPU = "max,fma=off"


class Failure(Exception):
    """What a scenario wanted to see and did not."""


def eventually(what, look, within=60, every=0.5):
    """Waits until `look` gives something true, and returns it."""
    deadline = time.monotonic() + within
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise Failure(f"waited {within} s in vain: {what}")
        time.sleep(every)


def with_keys(configuration, text):
    """A configuration with other keys: a table may be there only once, so they go below its header."""
    wanted, result = {}, []
    for line in text.splitlines():
        if line.startswith("["):
            header = line
        elif line:
            wanted.setdefault(header, {})[line.split("=")[0].strip()] = line
    keys = {}
    for line in configuration.splitlines():
        if line.startswith("["):
            keys = wanted.pop(line, {})
            result += [line, *keys.values()]
        elif line.split("=")[0].strip() not in keys:
            result.append(line)
    assert not wanted, f"there is no table {list(wanted)}"
    return "\n".join(result) + "\n"


class Machine:
    """One machine on a disk of its own, which begins as the built one and is thrown away at the end."""

    def __init__(self, folder, port):
        self.folder, self.port = Path(folder), port
        self.folder.mkdir(parents=True, exist_ok=True)
        self.disk = self.folder / "disk.qcow2"
        self.process = None
        subprocess.run(
            ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", BUILT / "disk.img", self.disk], check=True)

    def boot(self, *options, clock=None, wait=True, devices=()):
        """Switches it on. `clock` is what its battery clock says, as in 1970-01-01T00:00:00; `devices` are words for qemu."""
        arguments = [
            "qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", CPU, "-smp", "1", "-m", "1536",
            "-kernel", BUILT / "vmlinuz", "-initrd", BUILT / "initrd.gz",
            "-append", " ".join(["console=ttyS0 quiet mitigations=off net.ifnames=0", *options]),
            "-drive", f"file={self.disk},if=virtio,format=qcow2",
            "-netdev", f"user,id=lan,hostfwd=tcp:127.0.0.1:{self.port}-:22", "-device", "virtio-net-pci,netdev=lan",
            "-display", "none", "-no-reboot", "-serial", f"file:{self.folder}/console.log",
            "-monitor", f"unix:{self.folder}/monitor,server,nowait", *devices,
        ]
        if clock:
            arguments += ["-rtc", f"base={clock}"]
        self.process = subprocess.Popen(list(map(str, arguments)))
        self.started = time.monotonic()
        if wait:
            self.wait_for_shell()

    def wait_for_shell(self, within=300):
        def answers():
            if self.process.poll() is not None:
                raise Failure(f"the machine ended: {self.folder}/console.log")
            return self.ssh("true", timeout=20).returncode == 0
        eventually("the machine's shell", answers, within, every=1)

    def ssh(self, command, stdin=None, timeout=120):
        """Runs a command in the machine; never raises for what the command says."""
        try:
            return subprocess.run(
                ["ssh", "-q", "-i", BUILT / "key", "-p", str(self.port), "-o", "StrictHostKeyChecking=no",
                 "-o", "UserKnownHostsFile=/dev/null", "-o", "ConnectTimeout=15", "-o", "ControlMaster=auto",
                 "-o", f"ControlPath={self.folder}/ssh", "-o", "ControlPersist=600", "root@127.0.0.1", command],
                input=stdin, capture_output=True, timeout=timeout)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 255, b"", b"time is over")

    def run(self, command, stdin=None, timeout=120):
        """Runs a command that must succeed; returns what it printed."""
        outcome = self.ssh(command, stdin, timeout)
        if outcome.returncode != 0:
            raise Failure(f"`{command}` in the machine ended with {outcome.returncode}: "
                          f"{(outcome.stderr or outcome.stdout).decode(errors='replace').strip()[-600:]}")
        return outcome.stdout.decode(errors="replace")

    def write(self, path, content, mode="644"):
        content = content.encode() if isinstance(content, str) else content
        self.run(f"install -D -m {mode} /dev/stdin {shlex.quote(path)}", stdin=content)

    def python(self, program, *arguments, timeout=600):
        """Runs a program of Tests/VM/inside."""
        return self.run(shlex.join(["/usr/bin/python3", f"/opt/rollcall/{program}", *map(str, arguments)]),
                        timeout=timeout)

    def status(self):
        """What the daemon's status endpoint says; None while it does not answer."""
        outcome = self.ssh("curl -fsS --max-time 10 http://127.0.0.1:8470/status")
        return json.loads(outcome.stdout) if outcome.returncode == 0 else None

    def journal(self, *options):
        """The daemon's entries, as dictionaries."""
        return self.entries("-u", "rollcalld", *options)

    def entries(self, *options):
        """Entries of the journal, as dictionaries."""
        lines = self.run(shlex.join(["journalctl", "-o", "json", "--no-pager", *options]))
        return [json.loads(line) for line in lines.splitlines() if line.startswith("{")]

    def restart_daemon(self):
        self.run("systemctl restart rollcalld", timeout=180)

    def configure(self, text):
        """Sets keys in the terminal's configuration, `text` being TOML tables of them, and restarts the daemon."""
        self.run("test -f /etc/rollcall/terminal.toml.first || "
                 "cp /etc/rollcall/terminal.toml /etc/rollcall/terminal.toml.first")
        first = self.run("cat /etc/rollcall/terminal.toml.first")
        self.write("/etc/rollcall/terminal.toml", with_keys(first, text))
        self.restart_daemon()

    def cut_power(self):
        """What was not on the disk is gone."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.close_ssh()

    def switch_off(self):
        if self.process and self.process.poll() is None:
            self.ssh("systemctl poweroff", timeout=30)
            self.close_ssh()
            try:
                self.process.wait(90)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def throw_away(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.close_ssh()
        self.disk.unlink(missing_ok=True)

    def close_ssh(self):
        subprocess.run(["ssh", "-q", "-o", f"ControlPath={self.folder}/ssh", "-O", "exit", "x"],
                       stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        (self.folder / "ssh").unlink(missing_ok=True)
