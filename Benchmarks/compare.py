"""Runs our workloads and PyTorch's in turns, and prints one table of times with their bars, and one of memory."""
import os
import platform
import statistics
import subprocess
import sys
import time

SIZES = [(1, 30, 1, 32, 50), (32, 50, 32, 64, 10), (64, 100, 64, 128, 2), (64, 100, 128, 256, 1), (64, 50, 512, 512, 1)]
# How many times faster than PyTorch we mean to be, with one thread each.
BARS = {"000": 4, "001": 20, "002": 20, "003": 20, "004": 10}
RNN_BARS = (20, 4, 2.5, 2.2, 2)
LSTM_BARS = (8, 1.5, 1.5, 1.4, 1.3)
# Attention and a transformer's layer: (batch, time, heads, size).
ATTENTION_SIZES = [(16, 64, 4, 64, 10), (32, 128, 8, 256, 1)]
# With two threads each, the same bars stand for these sizes; for the others ours must not lose by a second thread.
SHARED_SIZES = SIZES[2:]
# What two medians of the same work may differ by.
NOISE = 1.03
ROUNDS = int(os.environ.get("ROUNDS", "5"))


class Worker:
    """A program that answers a workload's name with its seconds."""

    def __init__(self, command, threads):
        threads = str(threads)
        environment = {**os.environ, "UNROLL_THREADS": threads, "OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def seconds(self, name):
        # PyTorch's threads spin for a while after their work; they must not take a processor from the next.
        time.sleep(0.05)
        self.process.stdin.write(name + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"{self.process.args[0]} ended at workload '{name}'")
        return float(answer)

    def megabytes(self, field):
        """What the system says of the process: VmRSS, what it holds now, or VmHWM, the most it ever held."""
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith(field))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Row:
    """A workload, its bar, and the median milliseconds of a step: PyTorch's and ours, with one and with two threads."""

    def __init__(self, name, bar):
        self.name, self.bar = name, bar
        self.milliseconds = ()

    @property
    def size(self):
        return tuple(map(int, self.name.split()[1:]))

    @property
    def title(self):
        kind, *size = self.name.split()
        return f"{kind} ({', '.join(size[:-1])})" if size else f"{kind} loop"

    def is_asked_for(self, words):
        return not words or any(f"{self.name} ".startswith(f"{word} ") for word in words)

    def measure(self, workers):
        """Takes all workers in turns; the first round warms up."""
        rounds = [[worker.seconds(self.name) for worker in workers] for _ in range(ROUNDS + 1)][1:]
        steps = self.size[-1] if self.size else 1
        self.milliseconds = [statistics.median(column) / steps * 1e3 for column in zip(*rounds)]

    def __str__(self):
        their1, our1, their2, our2 = self.milliseconds
        ratio1, ratio2 = their1 / our1, their2 / our2
        shares = self.size in SHARED_SIZES
        holds2 = our2 <= our1 * NOISE and (ratio2 >= self.bar or not shares)
        bar2 = f"≥ {self.bar}, ours ≤ {our1:.3f}" if shares else f"ours ≤ {our1:.3f}"
        cells = [
            self.title,
            f"{their1:.3f}", f"{our1:.3f}", f"{ratio1:.2f}", f"≥ {self.bar}", verdict(ratio1 >= self.bar),
            f"{their2:.3f}", f"{our2:.3f}", f"{ratio2:.2f}", bar2, verdict(holds2),
        ]
        return "| " + " | ".join(cells) + " |"


def verdict(holds):
    return "yes" if holds else "NO"


def rows():
    for name, bar in BARS.items():
        yield Row(name, bar)
    for kind, bars in (("RNN", RNN_BARS), ("GRU", RNN_BARS), ("LSTM", LSTM_BARS)):
        for size, bar in zip(SIZES, bars):
            yield Row(f"{kind} " + " ".join(map(str, size)), bar)
    for kind in ("Attention", "Transformer"):
        for size in ATTENTION_SIZES:
            yield Row(f"{kind} " + " ".join(map(str, size)), 1)


def print_times(ours, theirs, chosen):
    workers = [Worker(command, threads) for threads in (1, 2) for command in ([*theirs, str(threads)], ours)]
    for index, row in enumerate(chosen):
        print(f"{index + 1} of {len(chosen)}: {row.title}", file=sys.stderr, flush=True)
        row.measure(workers)
    for worker in workers:
        worker.close()
    print("| (batch, time, input, hidden), or (batch, time, heads, size) | PyTorch ms, 1 thread | ours | times faster | bar | holds"
          " | PyTorch ms, 2 threads | ours | times faster | bar | holds |")
    print("|---|--:|--:|--:|---|---|--:|--:|--:|---|---|")
    for row in chosen:
        print(row)


def peak(command, name):
    """A training step's peak above what the process held when it was ready, in a fresh process of one thread."""
    worker = Worker(command, 1)
    # What the kind of layer needs once, such as code that is loaded, is no part of a step.
    worker.seconds(f"{name.split()[0]} 1 2 1 2 1")
    ready = worker.megabytes("VmRSS")
    # One step before the clock starts, one after: the second needs what the first has left.
    worker.seconds(" ".join(name.split()[:-1] + ["1"]))
    worker_peak = worker.megabytes("VmHWM") - ready
    worker.close()
    return worker_peak


def growth(command, steps=10_000):
    """How much more a process holds after many training steps than after some."""
    worker = Worker(command, 1)
    worker.seconds("RNN 1 30 1 32 1000")
    before = worker.megabytes("VmRSS")
    worker.seconds(f"RNN 1 30 1 32 {steps}")
    after = worker.megabytes("VmRSS")
    worker.close()
    return after - before


def print_memory(ours, theirs, chosen):
    print("\n| peak of a training step, MB | PyTorch | ours | holds |\n|---|--:|--:|---|")
    for row in chosen:
        our, their = peak(ours, row.name), peak([*theirs, "1"], row.name)
        print(f"| {row.title} | {their:.1f} | {our:.1f} | {verdict(our <= their)} |")
    more = growth(ours)
    print(f"\n10,000 training steps add {more:.1f} MB: {'holds' if more < 0.05 else 'does NOT hold'}.")


def processor():
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as info:
            return next((line.split(":")[1].strip() for line in info if line.startswith("model name")), "")
    return platform.processor()


def main():
    program, python, here, *words = sys.argv[1:]
    chosen = [row for row in rows() if row.is_asked_for(words)]
    if not chosen:
        sys.exit("There are the workloads " + ", ".join(row.name.rsplit(" ", 1)[0] for row in rows()) + ".")
    version = subprocess.check_output([python, "-c", "import torch; print(torch.__version__)"], text=True).strip()
    print(f"PyTorch {version}, {processor()}, medians of {ROUNDS} rounds.\n", flush=True)
    ours, theirs = [program], [python, os.path.join(here, "pytorch_workloads.py")]
    print_times(ours, theirs, chosen)
    layers = [row for row in chosen if row.size]
    if layers and os.path.exists("/proc/self/status"):
        print_memory(ours, theirs, layers)


main()
