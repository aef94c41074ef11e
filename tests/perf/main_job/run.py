#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time and memory of the main job. run.py BIN_DIR [--size BYTES] [--only demo|seal|window]"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time


def tree_memory(root):
    """Resident bytes of a process and all its descendants, from /proc."""
    children, resident = {}, {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            children.setdefault(int(fields[1]), []).append(int(entry))
            resident[int(entry)] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            continue
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        total += resident.get(pid, 0)
        waiting += children.get(pid, [])
    return total


def measure(command, env=None):
    """Seconds, peak bytes of the process tree, standard output."""
    peak = 0
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    done = threading.Event()

    def watch():
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, tree_memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    out, err = process.communicate()
    done.set()
    watcher.join()
    seconds = time.monotonic() - started
    if process.returncode != 0:
        sys.exit(f"{command[0]} exited with {process.returncode}: {err.decode(errors='replace')[-2000:]}")
    return seconds, peak, out


def mib(count):
    return f"{count / 2**20:.0f} MiB"


def demo(bin_dir):
    base, base_peak, _ = measure([f"{bin_dir}/amana", "--version"])
    seconds, peak, out = measure([f"{bin_dir}/amana", "demo", "--json"])
    json.loads(out)
    print(f"demo: {seconds:.1f} s, peak {mib(peak)}   baseline amana --version: {base:.3f} s, {mib(base_peak)}")


def seal(bin_dir, size):
    with tempfile.TemporaryDirectory() as folder:
        plain, key = f"{folder}/plain", f"{folder}/key"
        with open(plain, "wb") as file:
            block = os.urandom(1 << 20)
            for _ in range(size >> 20):
                file.write(block)
        subprocess.run(["age-keygen", "-o", key], check=True, capture_output=True)
        recipient = subprocess.run(["age-keygen", "-y", key], check=True, capture_output=True, text=True).stdout.strip()
        ours, our_peak, _ = measure([f"{bin_dir}/amana", "seal", plain, "-o", f"{folder}/ours.age", "-r", recipient])
        theirs, their_peak, _ = measure(["age", "-r", recipient, "-o", f"{folder}/theirs.age", plain])
        print(f"seal {mib(size)}: {ours:.1f} s, peak {mib(our_peak)}   baseline age -r: {theirs:.1f} s, {mib(their_peak)}"
              f"   ratio {theirs / ours:.2f} x")


def window(bin_dir):
    env = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    with tempfile.TemporaryDirectory() as home:
        seconds, peak, out = measure([f"{bin_dir}/amana-desktop", "--home", home, "--exit-after-paint"], env)
        base, base_peak, _ = measure([f"{bin_dir}/amana-desktop", "--version"], env)
        print(f"window: {out.decode().strip()}; whole process {seconds:.2f} s, peak {mib(peak)}"
              f"   baseline amana-desktop --version: {base:.2f} s, {mib(base_peak)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bin_dir")
    parser.add_argument("--size", type=int, default=2 << 30)
    parser.add_argument("--only", choices=["demo", "seal", "window"])
    arguments = parser.parse_args()
    if arguments.only in (None, "demo"):
        demo(arguments.bin_dir)
    if arguments.only in (None, "seal"):
        seal(arguments.bin_dir, arguments.size)
    if arguments.only in (None, "window"):
        window(arguments.bin_dir)


if __name__ == "__main__":
    main()
