"""Schedules, LBFGS and random splits: python ref_training.py [--seed 0] [--out FOLDER]

Writes schedules.json (kind sched), lbfgs.json and split.json.
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


# --- LBFGS -----------------------------------------------------------------------------------------------------

def lbfgs_case(id, problem, options, steps, seed, dtype, data):
    torch.manual_seed(seed)
    case = {"id": id, "problem": problem, "kwargs": options, "dtype": dtype, "seed": seed}
    kind = getattr(torch, dtype)
    data = {name: tensor.to(kind) for name, tensor in data.items()}
    if problem == "network":
        # The weights of float32, as the stream gives them.
        model = nn.Sequential(nn.Linear(data["x"].shape[1], data["hidden"].shape[0]), nn.Tanh(),
                              nn.Linear(data["hidden"].shape[0], data["y"].shape[1]))
        model = model.to(kind)
        parameters = list(model.parameters())
        compute = lambda: nn.functional.mse_loss(model(data["x"]), data["y"])
    else:
        p = nn.Parameter(data["start"].clone())
        parameters = [p]
        if problem == "quadratic":
            compute = lambda: 0.5 * p.dot(data["a"] @ p) - data["b"].dot(p)
        else:
            compute = lambda: (100 * (p[1:] - p[:-1] ** 2) ** 2 + (1 - p[:-1]) ** 2).sum()
    case["params0"] = [T(p) for p in parameters]
    case["data"] = {n: T(t) for n, t in data.items()}
    optimizer = torch.optim.LBFGS(parameters, **options)
    calls = [0]

    def closure():
        calls[0] += 1
        optimizer.zero_grad()
        loss = compute()
        loss.backward()
        return loss

    losses, evaluations, after = [], [], []
    for _ in range(steps):
        losses.append(f64(optimizer.step(closure)))
        evaluations.append(calls[0])
        after.append([T(p) for p in parameters])
    return case | {"losses": losses, "evaluations": evaluations, "params_after_step": after}


def lbfgs(seed):
    g = torch.Generator().manual_seed(1000 + seed)
    m = torch.randn(6, 6, generator=g)
    quadratic = {"a": m @ m.t() + torch.eye(6), "b": torch.randn(6, generator=g), "start": torch.randn(6, generator=g)}
    rosenbrock = {"start": torch.tensor([-1.2, 1.0])}
    valley = {"start": torch.tensor([-1.2, 1.0, 0.5, -0.3])}
    x = torch.linspace(-2, 2, 24).reshape(12, 2)
    network = {"x": x, "y": torch.sin(3 * x[:, :1]) + 0.5 * x[:, 1:], "hidden": torch.zeros(5)}
    wolfe = {"line_search_fn": "strong_wolfe"}
    cases = []
    for dtype in ("float64", "float32"):
        def add(id, problem, options, steps, data):
            cases.append(lbfgs_case(f"{id}_{dtype}", problem, options, steps, seed, dtype, data))
        add("quadratic", "quadratic", {"lr": 0.5, "max_iter": 4}, 4, quadratic)
        add("quadratic_wolfe", "quadratic", wolfe | {"max_iter": 5}, 3, quadratic)
        add("quadratic_short_memory", "quadratic", {"lr": 0.3, "history_size": 2, "max_iter": 6}, 4, quadratic)
        add("rosenbrock", "rosenbrock", {"lr": 0.1, "max_iter": 5}, 5, rosenbrock)
        add("rosenbrock_wolfe", "rosenbrock", wolfe | {"max_iter": 6}, 6, rosenbrock)
        add("rosenbrock_wolfe_few_calls", "rosenbrock", wolfe | {"max_iter": 8, "max_eval": 9}, 5, valley)
        add("rosenbrock_wolfe_coarse", "rosenbrock",
            wolfe | {"lr": 0.2, "max_iter": 10, "tolerance_change": 1e-3, "tolerance_grad": 1e-2}, 6, valley)
        add("network", "network", {"lr": 0.4, "max_iter": 5}, 4, network)
        add("network_wolfe", "network", wolfe | {"max_iter": 5, "history_size": 4}, 4, network)
    # How far PyTorch's floats are from its doubles, which rounding alone brings about.
    for wide, case in zip(cases, cases[len(cases) // 2:]):
        errors = [f64(abs(a - b) / max(1, abs(b))) for a, b in zip(case["losses"], wide["losses"])]
        case["noise"] = [max(errors[:k + 1]) for k in range(len(errors))]
        del case["params_after_step"]
    return {"fixture": "lbfgs", "meta": meta(), "cases": cases}


# --- Splits ----------------------------------------------------------------------------------------------------

def splits(seed):
    cases = []
    for count, parts in [(10, [7, 3]), (10, [0.8, 0.2]), (11, [0.5, 0.25, 0.25]), (30, [0.3, 0.3, 0.4]),
                         (1, [0.6, 0.4]), (7, [7]), (5, [0, 5]), (100, [0.7, 0.2, 0.1]), (17, [1 / 3] * 3)]:
        for own in (False, True):
            torch.manual_seed(seed)
            generator = {"generator": torch.Generator().manual_seed(seed + 5)} if own else {}
            found = torch.utils.data.random_split(range(count), parts, **generator)
            cases.append({"id": f"{count}_{len(cases)}", "seed": seed, "own_seed": seed + 5 if own else None,
                          "count": count, "fractions" if isinstance(parts[0], float) else "lengths": parts,
                          "indices": [[int(i) for i in p.indices] for p in found],
                          "rand_after": T(torch.rand(3))})
    return {"fixture": "split", "meta": meta(), "cases": cases}


if __name__ == "__main__":
    a = args()
    for name, made in [("schedules", schedules), ("lbfgs", lbfgs), ("split", splits)]:
        print(name, dump(made(a.seed), os.path.join(a.out or "pytorch", name + ".json")), "bytes")
