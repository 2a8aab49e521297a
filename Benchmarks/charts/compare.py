"""Times Charting and matplotlib's SVG backend on the same line charts, in turns, and holds the median against the bar.

usage: compare.py CHARTS       the program of Sources/charts
"""

import io
import os
import statistics
import subprocess
import sys
import time

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

ROUNDS, POINTS, SAMPLE = 5, 1000, 40


def value(chart, step):
    noise = ((step * 7919 + chart * 104729) % 1000) / 1000
    return 1 / (1 + step / 50) + 0.05 * noise


def theirs():
    """Seconds of processor time that a chart takes; as many as Charting draws would take minutes."""
    data = [[value(chart, step) for step in range(POINTS)] for chart in range(SAMPLE)]
    start = time.process_time()
    for values in data:
        figure, axes = plt.subplots(figsize=(5, 3))
        axes.plot(range(POINTS), values)
        axes.set(title="Loss while training", xlabel="Step", ylabel="Loss")
        figure.savefig(io.BytesIO(), format="svg")
        plt.close(figure)
    return (time.process_time() - start) / SAMPLE


def ours():
    """Seconds of processor time for 1,000 charts, as the program measures them."""
    return float(subprocess.run(sys.argv[1:], check=True, capture_output=True, text=True).stdout.split()[-2])


if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
theirs()
rounds = [(ours(), theirs() * 1000) for _ in range(ROUNDS)]
mine = statistics.median(mine for mine, _ in rounds)
ratio = statistics.median(other / mine for mine, other in rounds)
print(f"1,000 charts of 1,000 points, one core, {ROUNDS} rounds in turns")
print(f"Charting                {mine:6.2f} s")
print(f"matplotlib {matplotlib.__version__:<8}     {mine * ratio:6.2f} s (from {SAMPLE} charts a round)")
print(f"ratio                   {ratio:6.1f}")
sys.exit(0 if mine < 2 and ratio >= 20 else 1)
