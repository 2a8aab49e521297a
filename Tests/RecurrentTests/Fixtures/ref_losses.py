"""Losses of sequences and of distributions: in the format of losses.json.

    python ref_losses.py --seed 0 --out pytorch/sequence_losses.json
"""
import math

import torch
from torch import nn

from refcommon import T, args, dump, meta

A = args()
CASES = []


def record(module, kwargs, x, target, extra=None, call=None, of_target=False):
    """`of_target`: whether the target's gradient is recorded, too."""
    x = x.detach().requires_grad_()
    if of_target:
        target.requires_grad_()
    loss = getattr(nn, module)(**kwargs)
    # Sums of logarithms lose digits in single precision: these losses are computed in double, and rounded.
    y = call(loss, x).float() if call else loss(x, target)
    upstream = torch.randn(y.shape) if y.dim() else torch.ones(())
    y.backward(upstream)
    encoded = {n: T(v) if isinstance(v, torch.Tensor) else v for n, v in kwargs.items()}
    CASES.append({
        "id": f"{module}_{len(CASES)}", "module": module, "args": {**encoded, **(extra or {})},
        "inputs": {"input": T(x), "target": T(target)}, "output": T(y), "upstream": T(upstream), "grad_input": T(x.grad),
        "grad_target": T(target.grad)})


def ctc():
    lengths = [([6, 5, 4], [2, 3, 1]), ([6, 2, 0], [3, 2, 1]), ([3, 6, 0], [2, 0, 0])]
    targets = torch.tensor([[1, 2, 2], [3, 3, 1], [2, 1, 3]])
    for reduction in ("none", "mean", "sum"):
        for zero in (False, True):
            for times, counts in lengths:
                x = torch.randn(6, 3, 4).log_softmax(2)
                record("CTCLoss", {"reduction": reduction, "zero_infinity": zero}, x, targets,
                       {"input_lengths": times, "target_lengths": counts},
                       lambda loss, x: loss(x.double(), targets, torch.tensor(times), torch.tensor(counts)))
    x = torch.randn(12, 2, 5).log_softmax(2)
    labels = torch.tensor([[0, 1, 0, 3], [1, 1, 2, 2]])
    record("CTCLoss", {"blank": 4, "reduction": "none"}, x, labels, {"input_lengths": [12, 9], "target_lengths": [4, 4]},
           lambda loss, x: loss(x.double(), labels, torch.tensor([12, 9]), torch.tensor([4, 4])))
    x[1, 0, 1] = -math.inf
    record("CTCLoss", {"blank": 4, "reduction": "none"}, x, labels, {"input_lengths": [12, 9], "target_lengths": [4, 4]},
           lambda loss, x: loss(x.double(), labels, torch.tensor([12, 9]), torch.tensor([4, 4])))


def divergence():
    inf = math.inf
    for logarithm in (False, True):
        for reduction in ("none", "mean", "sum", "batchmean"):
            target = torch.randn(3, 4).softmax(1)
            record("KLDivLoss", {"reduction": reduction, "log_target": logarithm}, torch.randn(3, 4).log_softmax(1),
                   target.log() if logarithm else target, of_target=True)
    record("KLDivLoss", {"reduction": "none"}, torch.tensor([-1.0, -1.0, -inf, -inf, -2.0, math.nan]),
           torch.tensor([0.0, 0.5, 0.0, 0.5, -0.1, 0.3]), of_target=True)
    record("KLDivLoss", {"reduction": "none", "log_target": True}, torch.tensor([-1.0, -1.0, -inf, -inf, -2.0, math.nan]),
           torch.tensor([-inf, -0.5, -inf, -0.5, 0.1, 0.3]), of_target=True)


def probabilities():
    for reduction in ("none", "mean", "sum"):
        for weight in (None, torch.rand(3, 2)):
            record("BCELoss", {"reduction": reduction, "weight": weight}, torch.rand(3, 2), torch.rand(3, 2))
    record("BCELoss", {"reduction": "none"}, torch.tensor([0.0, 1.0, 0.0, 1.0, 0.3, 1e-20, 0.5, 0.99999994]),
           torch.tensor([0.0, 1.0, 1.0, 0.0, 0.4, 1.0, 0.0, 0.0]))
    record("BCELoss", {"reduction": "none"}, torch.rand(2, 2), torch.rand(2, 2), of_target=True)


def cosines():
    for kwargs, shape in (({}, (3, 4)), ({"dim": 0}, (3, 4)), ({"dim": -1, "eps": 0.5}, (2, 3, 2))):
        record("CosineSimilarity", kwargs, torch.randn(*shape), torch.randn(*shape), of_target=True)
    record("CosineSimilarity", {}, torch.tensor([[1.0, 2.0], [0.0, 0.0], [1e-20, 0.0], [3.0, 4.0]]),
           torch.tensor([[2.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]), of_target=True)


ctc()
divergence()
probabilities()
cosines()
print(len(CASES), "cases,", dump({"fixture": "losses", "meta": meta(), "cases": CASES}, A.out or "/dev/null"), "bytes")
