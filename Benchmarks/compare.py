"""Runs our workloads and PyTorch's in turns, and prints tables of times with their bars: beside PyTorch, as shares of what the
processor could do, of threads that wait; and one of memory."""
import os
import platform
import statistics
import subprocess
import sys
import time

SIZES = [(1, 30, 1, 32, 50), (32, 50, 32, 64, 10), (64, 100, 64, 128, 2), (64, 100, 128, 256, 1), (64, 50, 512, 512, 1)]
# How many times faster than PyTorch we mean to be, with one thread each; with two, and in the other rows, ahead of it.
BARS = {"000": 4, "001": 20, "002": 20, "003": 20, "004": 10}
SMALL_BARS = {"RNN": (20, 4), "GRU": (20, 4), "LSTM": (8, 1.5)}
# The share of the processor's multiply-adds that a step with this many hidden units makes, products of matrices alone
# counted, and all of its time.
LARGE = 128
ROOF_BARS = {"RNN": 0.7, "GRU": 0.7, "LSTM": 0.6}
GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}
# Attention and a transformer's layer: (batch, time, heads, size).
ATTENTION_SIZES = [(16, 64, 4, 64, 10), (32, 128, 8, 256, 1)]
# What a second thread may cost.
NOISE = 1.1
ROUNDS = int(os.environ.get("ROUNDS", "5"))


class Worker:
    """A program that answers a workload's name with its seconds."""

    def __init__(self, command, threads):
        threads = str(threads)
        environment = {**os.environ, "UNROLL_THREADS": threads, "OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def seconds(self, name):
        # Threads spin for a while after their work; they must not take a processor from the next.
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
        cells = [
            self.title,
            f"{their1:.3f}", f"{our1:.3f}", f"{ratio1:.2f}", f"≥ {self.bar}", verdict(ratio1 >= self.bar),
            f"{their2:.3f}", f"{our2:.3f}", f"{ratio2:.2f}", f"≥ 1, ours ≤ {our1 * NOISE:.3f}",
            verdict(ratio2 >= 1 and our2 <= our1 * NOISE),
        ]
        return "| " + " | ".join(cells) + " |"

    @property
    def is_large(self):
        return self.name.split()[0] in GATES and self.size[3] >= LARGE

    def multiply_adds(self, input_count=3):
        """Those of a step's products: forward once, and backward twice, for what goes in and for the weights."""
        batch, steps, inputs, hidden, _ = self.size
        return batch * steps * GATES[self.name.split()[0]] * hidden * (input_count * inputs + 3 * hidden)


def verdict(holds):
    return "yes" if holds else "NO"


def rows():
    for name, bar in BARS.items():
        yield Row(name, bar)
    for kind, bars in SMALL_BARS.items():
        for index, size in enumerate(SIZES):
            yield Row(f"{kind} " + " ".join(map(str, size)), bars[index] if index < len(bars) else 1)
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


def print_shares(roof, chosen):
    """What a step makes of the processor: multiply-adds against those of a loop over registers, in the same run."""
    worker = Worker([roof], 1)
    fastest = 2**33 / min(worker.seconds("roof") for _ in range(5))
    worker.close()
    print(f"\nA core's registers do {fastest / 1e9:.1f} billion multiply-adds a second.\n")
    print("Counted is each product forward once and backward twice; nobody asks for the gradient of the input, and made are")
    print("only the others.\n")
    print("| one thread | counted, billions a second | share of the core's | bar | holds | share of those made |")
    print("|---|--:|--:|---|---|--:|")
    for row in chosen:
        counted, made = (row.multiply_adds(inputs) / row.milliseconds[1] * 1e3 for inputs in (3, 2))
        bar = ROOF_BARS[row.name.split()[0]]
        print(f"| {row.title} | {counted / 1e9:.1f} | {counted / fastest:.2f} | ≥ {bar} |"
              f" {verdict(counted / fastest >= bar)} | {made / fastest:.2f} |")


def print_waits(ours, roof):
    """What it costs two threads that there are gaps between their pieces: up to 100 µs nothing, later at most a wake."""
    worker, alone, bare = Worker(ours, 2), Worker(ours, 1), Worker([roof], 2)

    def median(process, name):
        return statistics.median(process.seconds(name) for _ in range(ROUNDS)) * 1e6

    at_once = median(worker, "gaps 0")
    print("\n| a product | one thread, µs | two threads, µs | a bare wake, µs | bar | holds |\n|---|--:|--:|--:|---|---|")
    for gap in (0, 50, 100, 1000, 5000):
        one, two = median(alone, f"gaps {gap}"), at_once if gap == 0 else median(worker, f"gaps {gap}")
        wake = median(bare, f"wake {gap}") if gap > 100 else 0
        bar = at_once * NOISE + wake
        print(f"| after {gap} µs | {one:.0f} | {two:.0f} | {f'{wake:.0f}' if wake else ''} | ≤ {bar:.0f} | {verdict(two <= bar)} |")
    idle = median(worker, "idle")
    print(f"\nTwo threads use {idle:.0f} µs of processor time in half a second of nothing: {verdict(idle <= 1000)}.")
    for process in (worker, alone, bare):
        process.close()


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
    program, roof, python, here, *words = sys.argv[1:]
    chosen = [row for row in rows() if row.is_asked_for(words)]
    if not chosen:
        sys.exit("There are the workloads " + ", ".join(row.name.rsplit(" ", 1)[0] for row in rows()) + ".")
    version = subprocess.check_output([python, "-c", "import torch; print(torch.__version__)"], text=True).strip()
    print(f"PyTorch {version}, {processor()}, medians of {ROUNDS} rounds.\n", flush=True)
    ours, theirs = [program], [python, os.path.join(here, "pytorch_workloads.py")]
    print_times(ours, theirs, chosen)
    if large := [row for row in chosen if row.is_large]:
        print_shares(roof, large)
    if not words:
        print_waits(ours, roof)
    layers = [row for row in chosen if row.size]
    if layers and os.path.exists("/proc/self/status"):
        print_memory(ours, theirs, layers)


main()
