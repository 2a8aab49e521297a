"""Runs our workloads and PyTorch's in turns, and prints one table of medians and ratios, and one of memory."""
import os
import statistics
import subprocess
import sys

SIZES = [(1, 30, 1, 32, 50), (32, 50, 32, 64, 10), (64, 100, 64, 128, 2), (64, 100, 128, 256, 1), (64, 50, 512, 512, 1)]
# How many times faster than PyTorch we mean to be, with one thread.
GOALS = {"000": 4, "001": 20, "002": 20, "003": 20, "004": 10}
RNN_GOALS = (20, 4, 2.5, 2.2, 2)
LSTM_GOALS = (8, 1.5, 1.5, 1.4, 1.3)
ROUNDS = int(os.environ.get("ROUNDS", "5"))


class Worker:
    """A program that answers a workload's name with its seconds."""

    def __init__(self, command, threads):
        environment = {**os.environ, "UNROLL_THREADS": threads, "OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)

    def seconds(self, name):
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


def workloads():
    """Names with goals."""
    yield from GOALS.items()
    for kind, goals in (("RNN", RNN_GOALS), ("GRU", RNN_GOALS), ("LSTM", LSTM_GOALS)):
        for size, goal in zip(SIZES, goals):
            yield f"{kind} " + " ".join(map(str, size)), goal


def measure(ours, theirs, name):
    """Medians of alternating runs, in milliseconds a step."""
    steps = int(name.split()[-1]) if " " in name else 1
    pairs = [(ours.seconds(name), theirs.seconds(name)) for _ in range(ROUNDS + 1)][1:]
    return [statistics.median(column) / steps * 1e3 for column in zip(*pairs)]


def memory(command, names):
    """The peak of each workload above what the process held when it was ready, in fresh processes of one thread."""
    for name in names:
        worker = Worker(command, "1")
        # What the kind of layer needs once, such as code that is loaded, is no part of a step.
        worker.seconds(f"{name.split()[0]} 1 2 1 2 1")
        ready = worker.megabytes("VmRSS")
        # One step before the clock starts, one after: the second needs what the first has left.
        worker.seconds(" ".join(name.split()[:-1] + ["1"]))
        yield worker.megabytes("VmHWM") - ready
        worker.close()


def growth(command, steps=10_000):
    """How much more a process holds after many training steps than after some."""
    worker = Worker(command, "1")
    worker.seconds("RNN 1 30 1 32 1000")
    before = worker.megabytes("VmRSS")
    worker.seconds(f"RNN 1 30 1 32 {steps}")
    after = worker.megabytes("VmRSS")
    worker.close()
    return after - before


def print_memory(ours, theirs, names):
    print("\n| peak of a training step, MB | PyTorch | ours |\n|---|---|---|")
    for name, our, their in zip(names, memory(ours, names), memory(theirs, names)):
        print(f"| {title(name)} | {their:.1f} | {our:.1f} |")
    print(f"\n10,000 training steps add {growth(ours):.1f} MB.")


def title(name):
    return f"{name.split()[0]} ({', '.join(name.split()[1:-1])})" if " " in name else f"{name} loop"


def main():
    program, python, here = sys.argv[1:4]
    names = [entry for entry in workloads() if not sys.argv[4:] or entry[0].split()[0] in sys.argv[4:]]
    pytorch = [python, os.path.join(here, "pytorch_workloads.py")]
    rows = {}
    for threads in ("1", "2"):
        ours = Worker([program], threads)
        theirs = Worker([*pytorch, threads], threads)
        for name, _ in names:
            rows[name, threads] = measure(ours, theirs, name)
            print(threads, name, *rows[name, threads], file=sys.stderr, flush=True)
        ours.close()
        theirs.close()
    print("| workload (batch, time, input, hidden) | PyTorch ms, 1 thread | ours | times faster | goal |"
          " PyTorch ms, 2 threads | ours | times faster |")
    print("|---|---|---|---|---|---|---|---|")
    for name, goal in names:
        (our1, their1), (our2, their2) = rows[name, "1"], rows[name, "2"]
        print(f"| {title(name)} | {their1:.3f} | {our1:.3f} | {their1 / our1:.1f} | {goal} |"
              f" {their2:.3f} | {our2:.3f} | {their2 / our2:.1f} |")
    large = [name for name, _ in names if " " in name]
    if large and os.path.exists("/proc/self/status"):
        print_memory([program], [*pytorch, "1"], large)


main()
