#!/usr/bin/python3
"""Makes one thread of rollcalld hang for ever, by a debugger that goes away at once; the other threads go on.

    hang.py THREAD FUNCTION     waits until that thread calls the function, and has it call pause() instead

Prints the time of the machine's monotonic clock at which the thread began to hang.
"""

import re
import subprocess
import sys

thread, function = sys.argv[1:]
show = ["systemctl", "show", "-P", "MainPID", "rollcalld"]
pid = subprocess.run(show, check=True, capture_output=True, text=True).stdout.strip()
# At the first instruction of a function nothing is half done, and what is on the stack does not matter to a call that never
# returns. Without orig_rax the kernel might begin a system call again that the debugger interrupted.
SCRIPT = f"""
set pagination off
set confirm off
python
import time
[each for each in gdb.selected_inferior().threads() if each.name == "{thread}"][0].switch()
gdb.execute(f"break *(long)&{function} thread {{gdb.selected_thread().num}}")
end
continue
python print(f"hung at {{time.monotonic()}}")
set $orig_rax = -1
set $rip = (long)&pause
delete
detach
"""
with open("/run/hang.gdb", "w") as file:
    file.write(SCRIPT)
debugger = ["gdb", "-nx", "-batch", "-p", pid, "-x", "/run/hang.gdb"]
outcome = subprocess.run(debugger, capture_output=True, text=True, timeout=300)
hung = re.search(r"^hung at ([\d.]+)$", outcome.stdout, re.M)
if not hung or "detached]" not in outcome.stdout:
    sys.exit(f"{outcome.stdout[-2000:]}\n{outcome.stderr[-2000:]}")
print(hung[1])
