"""Opens many connections and says nothing on them: idle.py PORT COUNT. Writes `open`, and ends with standard input."""

import resource
import socket
import sys

port, count = int(sys.argv[1]), int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
# From several addresses, as one has ports for less than 30,000.
sockets = [socket.create_connection(("127.0.0.1", port), 60, (f"127.0.0.{2 + number % 8}", 0)) for number in range(count)]
print("open", flush=True)
sys.stdin.read()
