"""Runs our workloads and PyTorch's in turns, and prints one table of medians and ratios."""
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


def main():
    program, python, here = sys.argv[1:4]
    names = [entry for entry in workloads() if not sys.argv[4:] or entry[0].split()[0] in sys.argv[4:]]
    rows = {}
    for threads in ("1", "2"):
        ours = Worker([program], threads)
        theirs = Worker([python, os.path.join(here, "pytorch_workloads.py"), threads], threads)
        for name, _ in names:
            rows[name, threads] = measure(ours, theirs, name)
            print(threads, name, *rows[name, threads], file=sys.stderr, flush=True)
        ours.close()
        theirs.close()
    print("| workload (batch, time, input, hidden) | PyTorch ms, 1 thread | ours | times faster | goal |"
          " PyTorch ms, 2 threads | ours | times faster |")
    print("|---|---|---|---|---|---|---|---|")
    for name, goal in names:
        title = f"{name.split()[0]} ({', '.join(name.split()[1:-1])})" if " " in name else f"{name} loop"
        (our1, their1), (our2, their2) = rows[name, "1"], rows[name, "2"]
        print(f"| {title} | {their1:.3f} | {our1:.3f} | {their1 / our1:.1f} | {goal} |"
              f" {their2:.3f} | {our2:.3f} | {their2 / our2:.1f} |")


main()
