"""What goes wrong during the soak test: each fault is a generator that begins it, yields for one pass of the stream, and ends it.
It is told what there is to break."""

import signal
import socket
import subprocess
import time

from programs import wait_for


def nothing(soak):
    yield


def server_killed(soak):
    soak.server.end(signal.SIGKILL)
    yield
    soak.server.start()


def server_hangs(soak):
    soak.server.process.send_signal(signal.SIGSTOP)
    yield
    soak.server.process.send_signal(signal.SIGCONT)


def terminal_killed(soak):
    """In the middle of the pass, just after somebody was marked."""
    soak.at[soak.middle] = lambda: soak.terminal.process.send_signal(signal.SIGKILL)
    yield


def camera_stalls(soak):
    """For three seconds while nobody is there, and then for as long as somebody needs to pass."""
    soak.at[10] = soak.camera.still.set
    soak.at[55] = soak.camera.still.clear
    yield
    soak.camera.still.clear()


def disk_full(soak):
    """Until two seconds before the end of the pass: whoever passed is marked as soon as there is room again."""
    if not soak.own_disk:
        yield
        return
    filler = soak.state / "filler"
    subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=64k"], stderr=subprocess.DEVNULL)
    wait_for("an alarm of the outbox", lambda: ((soak.terminal.status() or {}).get("outbox") or {}).get("alarm"), 30)
    soak.at[len(soak.camera.frames) - 30] = filler.unlink
    yield


def status_besieged(soak):
    """Two hundred connections that say nothing, or half a request."""
    connections = [socket.create_connection(("127.0.0.1", soak.terminal.status_port), 5) for _ in range(200)]
    for connection in connections[::2]:
        connection.sendall(b"GET /status HTTP/1.1\r\nX-Slow: ")
    yield
    for connection in connections:
        connection.close()


def reloaded(soak):
    for _ in range(20):
        soak.terminal.process.send_signal(signal.SIGHUP)
        time.sleep(0.05)
    yield


# Killing ends the processes whose memory is watched: only in the first part of the time.
ROUGH = [server_killed, terminal_killed]
GENTLE = [nothing, server_hangs, camera_stalls, disk_full, status_besieged, reloaded]
