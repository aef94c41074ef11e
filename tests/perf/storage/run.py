#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealing, opening and identifying against the public tools, on the same data in memory.
run.py BIN_DIR [--size MIB] [--rounds N]

Each pair runs in turn, --rounds times; the ratio is that of the medians. Needs age and openssl (Debian) and Kubo
(tests/peers/build.sh)."""
import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
KUBO = os.path.join(HERE, "..", "..", "peers", "bin", "ipfs")


def run(command, env, out=subprocess.DEVNULL):
    """Seconds of the whole process and its peak resident bytes."""
    before = time.monotonic()
    process = subprocess.Popen(command, env=env, stdout=out, stderr=subprocess.PIPE)
    _, err = process.communicate()
    seconds = time.monotonic() - before
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {process.returncode}: {err.decode(errors='replace')[-500:]}")
    return seconds


def peak(command, env):
    """Peak resident MiB of one run, by its own resource usage."""
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execvpe(command[0], command, env)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit(f"{command[0]}: status {status}")
    return usage.ru_maxrss / 1024


def compare(name, ours, theirs, goal, size, rounds, env):
    times = ([], [])
    for _ in range(rounds):
        times[0].append(run(ours, env))
        times[1].append(run(theirs, env))
    a, b = (statistics.median(t) for t in times)
    print(f"{name:34} {size / a / 1e9:6.2f} GB/s  {size / b / 1e9:6.2f} GB/s   {b / a:5.2f}  (goal {goal})   "
          f"{peak(ours, env):5.0f} MiB  {peak(theirs, env):5.0f} MiB", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bin")
    parser.add_argument("--size", type=int, default=1024, help="MiB")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    for tool in ("age", "age-keygen", "openssl"):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is not installed")
    if not os.path.exists(KUBO):
        sys.exit("Kubo is not built: tests/peers/build.sh")
    amana = os.path.join(arguments.bin, "amana")
    size = arguments.size << 20
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        def path(name):
            return os.path.join(folder, name)
        env = dict(os.environ, AMANA_HOME=path("home"), HOME=folder, IPFS_PATH=path("repo"), IPFS_TELEMETRY="off")
        run(["openssl", "rand", "-out", path("data"), str(size)], env)
        run(["age-keygen", "-o", path("key")], env)
        recipient = subprocess.run(["age-keygen", "-y", path("key")], stdout=subprocess.PIPE, check=True,
                                   text=True).stdout.strip()
        run([KUBO, "init", "--profile=unixfs-v1-2025", "--empty-repo"], env)
        run(["age", "-r", recipient, "-o", path("data.age"), path("data")], env)
        print(f"{arguments.size} MiB, {os.cpu_count()} processors, median of {arguments.rounds}\n"
              f"{'':34} {'Amana':>11}  {'the other':>11}   ratio                peak memory")
        compare("seal against age -r", [amana, "seal", path("data"), "-r", recipient, "-o", path("ours.age"), "--force"],
                ["age", "-r", recipient, "-o", path("theirs.age"), path("data")], "3", size, arguments.rounds, env)
        compare("open against age -d", [amana, "open", path("data.age"), "-i", path("key"), "-o", path("ours"), "--force"],
                ["age", "-d", "-i", path("key"), "-o", path("theirs"), path("data.age")], "2", size, arguments.rounds, env)
        compare("cid against ipfs add --only-hash", [amana, "cid", path("data")],
                [KUBO, "--offline", "add", "-Q", "--only-hash", path("data")], "3", size, arguments.rounds, env)
        compare("cid against one core of SHA-256", [amana, "cid", path("data")],
                ["openssl", "dgst", "-sha256", path("data")], "0.85", size, arguments.rounds, env)
        if subprocess.run(["cmp", path("ours"), path("data")]).returncode != 0:
            sys.exit("what was opened differs")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
