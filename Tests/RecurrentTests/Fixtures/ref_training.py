"""Schedules: python ref_training.py [--seed 0] [--out FOLDER]

Writes schedules.json (kind sched).
"""
import os, sys, warnings
import numpy as np
import torch
from torch import nn
from torch.optim import lr_scheduler as S
from refcommon import T, P, args, dump, f64, meta

warnings.simplefilter("ignore")


# --- Schedules -------------------------------------------------------------------------------------------------

def make(name, options, optimizer):
    """The scheduler of a case: functions are tables of their values, sequences have schedulers."""
    options = dict(options)
    if name == "LambdaLR":
        tables = options["factors"]
        shared = not isinstance(tables[0], list)
        functions = [(lambda k, t=t: t[k]) for t in ([tables] if shared else tables)]
        return S.LambdaLR(optimizer, functions[0] if shared else functions)
    if name in ("SequentialLR", "ChainedScheduler"):
        parts = [make(p["scheduler"], p["kwargs"], optimizer) for p in options["schedulers"]]
        return S.SequentialLR(optimizer, parts, options["milestones"]) if name == "SequentialLR" \
            else S.ChainedScheduler(parts)
    return getattr(S, name)(optimizer, **options)


def schedule_case(id, name, options, steps, rates=(0.1,), momentum=0.0, metrics=None):
    groups = [{"params": [nn.Parameter(torch.zeros(1))], "lr": r} for r in rates]
    optimizer = torch.optim.SGD(groups, lr=0.1, momentum=momentum)
    scheduler = make(name, options, optimizer)
    lrs, momenta = [], []

    def note():
        lrs.append([f64(g["lr"]) for g in optimizer.param_groups])
        momenta.append(f64(optimizer.param_groups[0]["momentum"]))

    note()
    for k in range(steps):
        optimizer.step()
        scheduler.step() if metrics is None else scheduler.step(metrics[k])
        note()
    case = {"id": id, "scheduler": name, "kwargs": options, "initial_lrs": [f64(r) for r in rates], "steps": steps,
            "lrs": lrs}
    if momentum:
        case["initial_momentum"], case["momentums"] = momentum, momenta
    if metrics is not None:
        case["metrics"] = metrics
    return case


def schedules(seed):
    numbers = np.random.RandomState(seed)
    part = lambda scheduler, **kwargs: {"scheduler": scheduler, "kwargs": kwargs}
    power = [0.95 ** k for k in range(31)]
    warm = [min(1, (k + 1) / 8) * (8 / max(k, 8)) ** 0.5 for k in range(31)]
    two = (0.1, 0.003)
    cases = [
        schedule_case("lambda_power", "LambdaLR", {"factors": power}, 30),
        schedule_case("lambda_groups", "LambdaLR", {"factors": [power, warm]}, 30, two),
        schedule_case("multistep", "MultiStepLR", {"milestones": [5, 12, 20], "gamma": 0.3}, 25, two),
        schedule_case("multistep_twice_unsorted", "MultiStepLR", {"milestones": [9, 3, 9, 0]}, 14),
        schedule_case("constant", "ConstantLR", {}, 9, two),
        schedule_case("constant_quarter", "ConstantLR", {"factor": 0.25, "total_iters": 1}, 5),
        schedule_case("polynomial", "PolynomialLR", {}, 8),
        schedule_case("polynomial_power", "PolynomialLR", {"total_iters": 13, "power": 2.3}, 17, two),
        schedule_case("restarts", "CosineAnnealingWarmRestarts", {"T_0": 7}, 30, two),
        schedule_case("restarts_growing", "CosineAnnealingWarmRestarts", {"T_0": 4, "T_mult": 2, "eta_min": 0.01}, 40),
        schedule_case("restarts_one", "CosineAnnealingWarmRestarts", {"T_0": 1, "T_mult": 3}, 20),
        schedule_case("onecycle_three", "OneCycleLR",
                      {"max_lr": 0.5, "total_steps": 30, "three_phase": True}, 29, momentum=0.9),
        schedule_case("onecycle_three_linear", "OneCycleLR",
                      {"max_lr": 0.2, "epochs": 4, "steps_per_epoch": 9, "pct_start": 0.4, "three_phase": True,
                       "anneal_strategy": "linear", "div_factor": 10.0}, 35, two, momentum=0.9),
        schedule_case("onecycle_epochs", "OneCycleLR",
                      {"max_lr": 1.0, "epochs": 3, "steps_per_epoch": 7, "final_div_factor": 50.0}, 20, momentum=0.9),
        schedule_case("cyclic", "CyclicLR", {"base_lr": 0.01, "max_lr": 0.1, "step_size_up": 5}, 33, momentum=0.9),
        schedule_case("cyclic_halved", "CyclicLR",
                      {"base_lr": 0.02, "max_lr": 0.3, "step_size_up": 3, "step_size_down": 6, "mode": "triangular2",
                       "base_momentum": 0.7, "max_momentum": 0.95}, 40, two, momentum=0.9),
        schedule_case("cyclic_exponential", "CyclicLR",
                      {"base_lr": 0.0, "max_lr": 1.0, "step_size_up": 4, "mode": "exp_range", "gamma": 0.97,
                       "cycle_momentum": False}, 30),
        schedule_case("sequence_warm_cosine", "SequentialLR", {
            "schedulers": [part("LinearLR", start_factor=0.01, total_iters=6),
                           part("CosineAnnealingLR", T_max=20, eta_min=0.001)], "milestones": [6]}, 40, two),
        schedule_case("sequence_of_four", "SequentialLR", {
            "schedulers": [part("ConstantLR", factor=0.5, total_iters=3), part("ExponentialLR", gamma=0.8),
                           part("MultiStepLR", milestones=[2, 4], gamma=0.5), part("LambdaLR", factors=warm)],
            "milestones": [4, 9, 15]}, 25, two),
        schedule_case("sequence_restarts_polynomial", "SequentialLR", {
            "schedulers": [part("CosineAnnealingWarmRestarts", T_0=3, T_mult=2), part("StepLR", step_size=2, gamma=0.7),
                           part("PolynomialLR", total_iters=5, power=1.5)], "milestones": [10, 16]}, 26),
        schedule_case("chained", "ChainedScheduler", {
            "schedulers": [part("ConstantLR", factor=0.1, total_iters=4), part("ExponentialLR", gamma=0.9),
                           part("CosineAnnealingLR", T_max=6)]}, 20, two),
        schedule_case("plateau_groups", "ReduceLROnPlateau", {"factor": 0.3, "patience": 2, "cooldown": 1}, 30, two,
                      metrics=[f64(m) for m in np.round(numbers.rand(30) + 1 / np.arange(1, 31), 3)]),
    ]
    return {"fixture": "sched", "meta": meta(), "cases": cases}


if __name__ == "__main__":
    a = args()
    for name, made in [("schedules", schedules)]:
        print(name, dump(made(a.seed), os.path.join(a.out or "pytorch", name + ".json")), "bytes")
