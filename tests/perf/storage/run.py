#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealing, opening, identifying and storing against the public tools, on the same data in memory.

run.py BIN_DIR [--size MIB] [--rounds N] [--only NAME…] [--large MIB] [--json FILE]

Each pair runs in turn, --rounds times; the ratio is that of the medians of wall time, and beside it the ratio of processor
time, which other work on the machine disturbs less. Memory is the peak of resident bytes (ru_maxrss). Needs age and openssl
(Debian) and Kubo (tests/peers/build.sh). Exit 1 when something came out wrong, not when a goal was missed."""
import argparse
import json
import os
import re
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
KUBO = os.environ.get("AMANA_IPFS", os.path.join(HERE, "..", "..", "peers", "bin", "ipfs"))
MEMORY_GOAL = 128  # MiB


class Run:
    """One or several programs in a pipe: wall and processor seconds, and the largest of their peaks."""

    def __init__(self, commands, env, feed=None, out=None):
        children, source = [], subprocess.DEVNULL
        began = time.monotonic()
        if feed is not None:
            children.append(subprocess.Popen(["head", "-c", str(feed), "/dev/zero"], stdout=subprocess.PIPE, env=env))
            source = children[0].stdout
        for number, command in enumerate(commands):
            last = number + 1 == len(commands)
            sink = subprocess.PIPE if not last else open(out, "wb") if out else subprocess.PIPE
            child = subprocess.Popen(command, stdin=source, stdout=sink, stderr=subprocess.PIPE, env=env)
            if source not in (subprocess.DEVNULL,):
                source.close()
            source = child.stdout
            children.append(child)
        self.output = children[-1].stdout.read().decode() if children[-1].stdout else ""
        self.cpu = self.peak = 0.0
        counted = children[1:] if feed is not None else children
        for child in children:
            error = child.stderr.read() if child.stderr else b""
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode != 0:
                sys.exit(f"{' '.join(child.args)}: exit {child.returncode}: {error.decode(errors='replace')[-600:]}")
            if child in counted:
                self.cpu += usage.ru_utime + usage.ru_stime
                self.peak = max(self.peak, usage.ru_maxrss / 1024)
        self.seconds = time.monotonic() - began


def median(runs):
    return {"seconds": statistics.median(r.seconds for r in runs), "cpu": statistics.median(r.cpu for r in runs),
            "peakMiB": max(r.peak for r in runs)}


class Bench:
    def __init__(self, arguments, folder):
        self.rounds, self.size, self.folder, self.rows = arguments.rounds, arguments.size << 20, folder, []
        self.env = dict(os.environ, AMANA_HOME=self.path("home"), HOME=folder, IPFS_PATH=self.path("repo"),
                        IPFS_TELEMETRY="off", GOLOG_LOG_LEVEL="error")
        self.amana = os.path.join(arguments.bin, "amana")
        self.helper = os.path.join(arguments.bin, "amana-bench-storage")

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *commands, **options):
        return Run(commands, self.env, **options)

    def clear(self, *names):
        for name in names:
            shutil.rmtree(self.path(name), ignore_errors=True)
            if os.path.exists(self.path(name)):
                os.remove(self.path(name))

    def compare(self, name, goal, ours, theirs):
        """`ours` and `theirs` give one Run each; what they leave is cleared away before the next."""
        runs = ([], [])
        for _ in range(self.rounds):
            runs[0].append(ours())
            runs[1].append(theirs())
        a, b = median(runs[0]), median(runs[1])
        row = {"name": name, "ours": a, "theirs": b, "ratio": b["seconds"] / a["seconds"],
               "ratioOfProcessorTime": b["cpu"] / a["cpu"] if a["cpu"] else None, "goal": goal}
        row["met"] = None if goal is None else row["ratio"] >= goal
        self.rows.append(row)
        verdict = "" if goal is None else f"{goal:>5} {'met' if row['met'] else 'NOT MET'}"
        print(f"{name:36} {self.size / a['seconds'] / 1e9:5.2f} {self.size / b['seconds'] / 1e9:7.2f} {row['ratio']:7.2f}"
              f" {row['ratioOfProcessorTime']:7.2f}  {verdict:14} {a['peakMiB']:5.0f} {b['peakMiB']:5.0f} MiB", flush=True)

    def memory(self, name, sizes, run):
        peaks = {}
        for mib in sizes:
            peaks[mib] = run(mib << 20).peak
            self.clear("memory-store", "large")
        low, high = min(peaks.values()), max(peaks.values())
        met = high <= MEMORY_GOAL and high - low <= 8
        self.rows.append({"name": name, "peakMiB": peaks, "goal": MEMORY_GOAL, "met": met})
        text = ", ".join(f"{mib} MiB: {peak:.0f}" for mib, peak in peaks.items())
        print(f"{name:36} {text}  (goal: flat, at most {MEMORY_GOAL} MiB: {'met' if met else 'NOT MET'})", flush=True)


def prepare(bench):
    def path(name):
        return bench.path(name)
    with open(path("data"), "wb") as data:  # incompressible, and quickly made
        subprocess.run(["openssl", "enc", "-chacha20", "-K", "0" * 64, "-iv", "0" * 32, "-in", "/dev/stdin"],
                       stdin=subprocess.Popen(["head", "-c", str(bench.size), "/dev/zero"], stdout=subprocess.PIPE).stdout,
                       stdout=data, check=True)
    bench.run(["age-keygen", "-o", path("key")])
    recipient = bench.run(["age-keygen", "-y", path("key")]).output.strip()
    bench.run([KUBO, "init", "--profile=unixfs-v1-2025", "--empty-repo"])
    bench.run(["age", "-r", recipient, "-o", path("data.age"), path("data")])
    return recipient


def same(bench, name):
    if subprocess.run(["cmp", bench.path(name), bench.path("data")]).returncode != 0:
        sys.exit(f"{name} differs from what was sealed")


def seal(bench, recipient):
    def into(command, name):
        bench.clear(name)
        return bench.run(command)
    bench.compare("seal : age -r", 3,
                  lambda: into([bench.amana, "seal", bench.path("data"), "-r", recipient, "-o", bench.path("ours.age")], "ours.age"),
                  lambda: into(["age", "-r", recipient, "-o", bench.path("theirs.age"), bench.path("data")], "theirs.age"))
    bench.clear("theirs.age")


def open_(bench, _):
    def into(command, name):
        bench.clear(name)
        return bench.run(command)
    source = bench.path("ours.age") if os.path.exists(bench.path("ours.age")) else bench.path("data.age")
    bench.compare("open : age -d", 2,
                  lambda: into([bench.amana, "open", bench.path("data.age"), "-i", bench.path("key"), "-o", bench.path("ours")], "ours"),
                  lambda: into(["age", "-d", "-i", bench.path("key"), "-o", bench.path("theirs"), source], "theirs"))
    same(bench, "ours")
    same(bench, "theirs")
    bench.clear("ours", "theirs", "ours.age")


def cid(bench, _):
    data = bench.path("data")
    ours, theirs = [bench.amana, "cid", data], [KUBO, "--offline", "add", "-Q", "--only-hash", data]
    if bench.run(ours).output.split()[0] != bench.run(theirs).output.strip():
        sys.exit("two CIDs for one file")
    bench.compare("cid : ipfs add --only-hash", 3, lambda: bench.run(ours), lambda: bench.run(theirs))


def sha(bench, _):
    """Against the speed of the hash alone, as `openssl speed` gives it: no file is read there."""
    def raw():
        done = bench.run(["openssl", "speed", "-mr", "-seconds", "2", "-bytes", "1048576", "-evp", "sha256"])
        rate = float(re.search(r"^\+F:.*:([0-9.]+)$", done.output, re.M).group(1))
        done.seconds = done.cpu = bench.size / rate
        return done
    bench.compare("cid : raw SHA-256, one core", 0.85, lambda: bench.run([bench.amana, "cid", bench.path("data")]), raw)


def pipeline(bench, recipient):
    def ours():
        bench.clear("ours-store")
        done = bench.run([bench.amana, "seal", bench.path("data"), "--store", bench.path("ours-store"), "-r", recipient])
        bench.root = done.output.strip()
        return done

    def theirs():
        bench.clear("repo")
        bench.run([KUBO, "init", "--profile=unixfs-v1-2025", "--empty-repo"])
        return bench.run(["age", "-r", recipient, bench.path("data")], [KUBO, "--offline", "add", "-Q"])
    bench.compare("seal + CID + store : age | ipfs add", 4, ours, theirs)
    bench.run([bench.amana, "open", bench.root, "--store", bench.path("ours-store"), "-i", bench.path("key"), "-o", bench.path("ours")])
    same(bench, "ours")
    bench.clear("ours", "ours-store", "repo")
    bench.run([KUBO, "init", "--profile=unixfs-v1-2025", "--empty-repo"])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def download(bench, _):
    """From one Kubo node, whose repository has the file: ours by its gateway, into a store and opened from there; theirs by
    `ipfs cat` through the same daemon, which streams where `ipfs get` would write a file first."""
    root = bench.run([KUBO, "--offline", "add", "-Q", bench.path("data.age")]).output.strip()
    port, api = free_port(), free_port()
    for key, value in (("Addresses.Gateway", f"/ip4/127.0.0.1/tcp/{port}"), ("Addresses.API", f"/ip4/127.0.0.1/tcp/{api}")):
        bench.run([KUBO, "config", key, value])
    bench.run([KUBO, "config", "--json", "Addresses.Swarm", "[]"])
    daemon = subprocess.Popen([KUBO, "daemon", "--offline"], env=bench.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        for line in daemon.stdout:
            if b"Daemon is ready" in line:
                break

        def ours():
            bench.clear("ours-store", "ours")
            return bench.run([bench.helper, "fetch", f"http://127.0.0.1:{port}", root, bench.path("ours-store"),
                              bench.path("key"), bench.path("ours")])

        def theirs():
            bench.clear("theirs")
            return bench.run([KUBO, "cat", root], ["age", "-d", "-i", bench.path("key"), "-o", bench.path("theirs")])
        bench.compare("download + open : ipfs get | age -d", None, ours, theirs)
    finally:
        daemon.send_signal(signal.SIGINT)
        daemon.wait(timeout=30)
    same(bench, "ours")
    same(bench, "theirs")
    bench.clear("ours-store", "ours", "theirs")


def capsule(bench, _):
    for parts in (100, 1000):
        told = json.loads(bench.run([bench.helper, "capsule", str(parts)]).output)
        met = told["medianMs"] < 50
        bench.rows.append({"name": "capsule", "goal": 50, "met": met, **told})
        print(f"{f'capsule, 100 GB in {parts} parts':36} {told['medianMs']:.1f} ms, worst {told['worstMs']:.1f} ms, with"
              f" {told['presentBytes'] / 1e6:.2f} MB of it on the disk  (goal: under 50 ms: {'met' if met else 'NOT MET'})", flush=True)


def memory(bench, recipient):
    sizes = bench.memory_sizes
    bench.memory("memory of seal, to a sink", sizes,
                 lambda size: bench.run([bench.amana, "seal", "-", "-r", recipient, "-o", "/dev/null"], feed=size))
    bench.memory("memory of seal --store", [mib for mib in sizes if mib <= 4096],
                 lambda size: bench.run([bench.amana, "seal", "-", "-r", recipient, "--store", bench.path("memory-store")], feed=size))

    def opened(size):
        bench.run([bench.amana, "seal", "-", "-r", recipient, "-o", bench.path("large")], feed=size)
        return bench.run([bench.amana, "open", bench.path("large"), "-i", bench.path("key"), "-o", "/dev/null"])
    bench.memory("memory of open", [mib for mib in sizes if mib <= 4096], opened)


PARTS = {"seal": seal, "open": open_, "cid": cid, "sha256": sha, "pipeline": pipeline, "download": download,
         "capsule": capsule, "memory": memory}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bin")
    parser.add_argument("--size", type=int, default=1024, help="MiB of the comparisons")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--large", type=int, default=10240, help="MiB of the largest case for memory")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--json", help="where the figures go")
    arguments = parser.parse_args()
    for tool in ("age", "age-keygen", "openssl"):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is not installed")
    if not os.path.exists(KUBO):
        sys.exit("Kubo is not built: tests/peers/build.sh")
    load = os.getloadavg()
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        bench = Bench(arguments, folder)
        bench.memory_sizes = [mib for mib in (100, 1024) if mib < arguments.large] + [arguments.large]
        recipient = prepare(bench)
        print(f"{arguments.size} MiB, {os.cpu_count()} processors, median of {arguments.rounds}, load before {load[0]:.1f}\n"
              f"{'':36} {'ours':>5} {'theirs':>7} {'wall':>7} {'proc.':>7}  {'goal':14} peak memory\n"
              f"{'':36} {'GB/s':>5} {'GB/s':>7} {'ratio':>7} {'ratio':>7}")
        for name in PARTS:
            if name in arguments.only:
                PARTS[name](bench, recipient)
        if arguments.json:
            with open(arguments.json, "w") as out:
                json.dump({"sizeMiB": arguments.size, "rounds": arguments.rounds, "processors": os.cpu_count(),
                           "loadBefore": load, "loadAfter": os.getloadavg(), "results": bench.rows}, out, indent=2)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
