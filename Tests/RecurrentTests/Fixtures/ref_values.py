"""Drawing, sorting, sums and products along axes, triangles, and writing: values.json.

    python ref_values.py --seed 0 --out pytorch/values.json

Other seeds give other numbers, shapes and options in the same format.
"""
import math

import numpy as np
import torch
import torch.nn.functional as F
from refcommon import T, args, dump, meta

A = args()
cases = []
rng = np.random.RandomState(A.seed + 12345)


def case(kind, label, **content):
    cases.append({"id": f"{len(cases):03d}_{kind}_{label}", "kind": kind, **content})


def size():
    return int(rng.randint(2, 5))


# ---- drawing: two calls, then one number, so that the words taken show as well

def drawing(name, weights, draw, **content):
    seed = int(rng.randint(0, 2**31))
    torch.manual_seed(seed)
    draws = [T(draw()), T(draw())]
    case(name, f"{list(weights.shape)}", seed=seed, input=T(weights), draws=draws, next=T(torch.rand(1)), **content)


def doubles(seed):
    """The doubles in [0, 1) of manual_seed(seed), of two words each, the first the high half; by numpy's twister."""
    words = np.frombuffer(np.random.RandomState(seed).bytes(1 << 16), dtype="<u4").tolist()
    for high, low in zip(words[::2], words[1::2]):
        yield ((high << 32 | low) & (2**53 - 1)) * 2.0**-53


def drawn_by_hand(p, n, replacement, numbers):
    """torch.multinomial, written anew: what is recorded is what we believe it to do."""
    rows, real, drawn = p.numpy().reshape(-1, p.shape[-1]), p.numpy().dtype.type, []
    for row in rows:
        if replacement and n > 1:
            sums = np.cumsum(row, dtype=real)       # one after the other, each rounded
            sums = [real(sum / sums[-1]) for sum in sums[:-1]] + [real(1)]
            for _ in range(n):
                u = next(numbers)
                drawn.append(next(i for i, sum in enumerate(sums) if float(sum) >= u))
        else:
            waits = [real(-math.log1p(-next(numbers))) for _ in row]
            keys = [v / w if v > 0 else real(0) for v, w in zip(row, waits)]
            drawn += sorted(range(len(keys)), key=lambda i: (-keys[i], i))[:n]
    return drawn


def multinomial():
    for dtype in (torch.float32, torch.float64):
        for shape in ((1,), (size() + 2,), (size(), size() + 4), (60,), (2, 90)):
            p = torch.tensor(rng.rand(*shape) * rng.choice([1, 20]), dtype=dtype)
            if shape[-1] > 5:
                p[..., rng.randint(shape[-1])] = 0
            for replacement in (False, True):
                for n in (1, int(rng.randint(2, 9))):
                    if not replacement and n > shape[-1] - 1 and n > 1:
                        n = max(1, shape[-1] - 2)
                    drawing("multinomial", p, lambda: torch.multinomial(p, n, replacement),
                            args={"num_samples": n, "replacement": replacement})
                    numbers = doubles(cases[-1]["seed"])
                    for draw in cases[-1]["draws"]:
                        assert draw["data"] == drawn_by_hand(p, n, replacement, numbers), cases[-1]["id"]


def kept(logits, temperature, top_k, top_p):
    """As text generation does it: temperature, then the largest k, then the fewest that reach p."""
    x = logits / temperature
    if top_k is not None:
        x = x.masked_fill(x < torch.topk(x, min(top_k, x.shape[-1]))[0][..., -1:], -torch.inf)
    if top_p is not None:
        ordered, places = torch.sort(x, dim=-1, descending=True, stable=True)
        shares = F.softmax(ordered, dim=-1)
        removed = shares.cumsum(-1) - shares >= top_p
        removed[..., 0] = False
        x = x.masked_fill(torch.zeros_like(removed).scatter(-1, places, removed), -torch.inf)
    return F.softmax(x, dim=-1)


def sampling():
    for shape in ((9,), (3, 12), (80,)):
        logits = torch.tensor(rng.randn(*shape) * 2, dtype=torch.float32)
        for options in ({}, {"temperature": 0.7}, {"temperature": 1.6, "top_k": 4}, {"top_p": 0.8},
                        {"temperature": 0.9, "top_k": 7, "top_p": 0.6}, {"top_k": 1}, {"top_p": 0.01}):
            p = kept(logits, options.get("temperature", 1.0), options.get("top_k"), options.get("top_p"))
            n = int(rng.randint(2, 6))
            drawing("sampling", logits, lambda: torch.multinomial(p, n, True),
                    args={"num_samples": n, "replacement": True, **options})


# ---- operations: outputs, and the gradients of the inputs for an upstream gradient of the first output

def operation(name, function, inputs, differentiable=True, **arguments):
    inputs = [x.clone().requires_grad_(differentiable and x.is_floating_point()) for x in inputs]
    outputs = function(*inputs)
    outputs = list(outputs) if isinstance(outputs, tuple) else [outputs]
    upstream, grads = None, None
    if differentiable:
        upstream = torch.tensor(rng.randn(*outputs[0].shape), dtype=torch.float32)
        outputs[0].backward(upstream)
        grads = [T(x.grad) for x in inputs]
    case("operation", name, name=name, args=arguments, inputs=[T(x) for x in inputs],
         outputs=[T(x) for x in outputs], upstream=T(upstream), grads=grads)


def tensor(*shape, ties=False, holes=False):
    x = torch.tensor(rng.randn(*shape), dtype=torch.float32)
    if ties:
        x = torch.round(x * 2) / 2
    if holes and x.numel() > 3:
        flat = x.view(-1)
        for value in (float("nan"), float("inf"), -float("inf")):
            flat[rng.randint(flat.numel())] = value
    return x


def ramp(*shape):
    """Numbers no two of which, along any axis, are so near that their spread would be made of rounding."""
    steps = sum(np.meshgrid(*[np.arange(n) for n in shape], indexing="ij"))
    return torch.tensor(steps % 4 - 1 + rng.rand(*shape) * 0.3, dtype=torch.float32)


def orders():
    for ties in (False, True):
        for holes in (False, True):
            shape = (size(), size() + 2, size())
            for dim in (0, 1, -1):
                for descending in (False, True):
                    x = tensor(*shape, ties=ties, holes=holes)
                    operation("sort", lambda t: tuple(torch.sort(t, dim=dim, descending=descending, stable=True)), [x],
                              dim=dim, descending=descending)
                    if not ties and not holes:
                        k = int(rng.randint(0, shape[dim] + 1))
                        operation("topk", lambda t: tuple(torch.topk(t, k, dim=dim, largest=descending)), [x],
                                  k=k, dim=dim, largest=descending)


def reductions():
    for shape in ((size(),), (size(), size()), (size(), size(), size()), (20, 3), (2, 33)):
        for dim in range(-1, len(shape) - 1):
            x = tensor(*shape)
            operation("cumsum", lambda t: torch.cumsum(t, dim), [x], dim=dim)
            for keepdim in (False, True):
                operation("prod", lambda t: torch.prod(t, dim, keepdim=keepdim), [x], dim=dim, keepdim=keepdim)
        zeros = tensor(*shape)
        zeros.view(-1)[0] = 0
        operation("prod", lambda t: torch.prod(t), [zeros])
        zeros.view(-1)[-1] = 0
        operation("prod", lambda t: torch.prod(t, 0), [zeros], dim=0)
        for name, function in (("var", torch.var), ("std", torch.std)):
            for correction in [c for c in (0, 1, 2) if c < int(np.prod(shape))]:
                operation(name, lambda t: function(t, correction=correction), [ramp(*shape)], correction=correction)
            dims = [int(d) for d in rng.choice(len(shape), rng.randint(1, len(shape) + 1), replace=False)]
            for keepdim in (False, True):
                operation(name, lambda t: function(t, dim=dims, keepdim=keepdim), [ramp(*shape)], dims=dims,
                          keepdim=keepdim)
        operation("std", lambda t: torch.std(t), [torch.full(shape, 1.5)])


def pointwise():
    halves = torch.arange(-3, 3.25, 0.25)
    operation("round", torch.round, [halves])
    operation("sign", torch.sign, [halves])
    operation("log10", torch.log10, [torch.tensor(rng.rand(30) * 10 ** rng.uniform(-6, 6, 30), dtype=torch.float32)])
    operation("log10", torch.log10, [torch.tensor([1.0, 10, 100, 1000, 1e10, 1e-5])])
    odd = torch.tensor([float("nan"), float("inf"), -float("inf"), 0.0, -0.0, 1.0, -2.5])
    for name, function in (("isnan", torch.isnan), ("isfinite", torch.isfinite), ("round", torch.round),
                           ("sign", torch.sign), ("log10", torch.log10)):
        operation(name, lambda t: function(t).float(), [odd], differentiable=False)


def matrices():
    for _ in range(3):
        b, m, k, n = size(), size(), size(), size()
        operation("bmm", torch.bmm, [tensor(b, m, k), tensor(b, k, n)])
    for shape in ((4, 4), (3, 5), (5, 2), (2, 3, 4)):
        for diagonal in (-9, -1, 0, 1, int(rng.randint(-3, 4)), 9):
            operation("tril", lambda t: torch.tril(t, diagonal), [tensor(*shape)], diagonal=diagonal)
            operation("triu", lambda t: torch.triu(t, diagonal), [tensor(*shape)], diagonal=diagonal)


def perplexities():
    for shape in ((4,), (5, 3), (2, 4, 3)):
        logits = tensor(*shape) * 2
        classes = torch.tensor(rng.randint(0, shape[1 if len(shape) > 1 else 0], shape[:1] + shape[2:] if len(shape) > 1 else ()))
        operation("perplexity", lambda t, c: torch.exp(F.cross_entropy(t, c)), [logits, classes])
        if len(shape) > 1:
            classes.view(-1)[0] = 1
            operation("perplexity", lambda t, c: torch.exp(F.cross_entropy(t, c, ignore_index=1)),
                      [logits, torch.where(classes == 1, classes, 0)], ignore_index=1)


# ---- writing: an index is a number, [start, stop, step] with nulls, or {"rows": [...]}

def python_index(index):
    if isinstance(index, dict):
        return torch.tensor(index["rows"])
    return slice(*index) if isinstance(index, list) else index


def put(x, y, indices):
    x = x.clone()
    x[tuple(python_index(i) for i in indices)] = y
    return x


def writing():
    every = [None, None, None]
    for shape, value, indices in (
        ((6,), (), [2]), ((6,), (3,), [[1, 4, None]]), ((6,), (1,), [[-3, None, None]]), ((6,), (3,), [[0, 6, 2]]),
        ((4, 5), (5,), [-1]), ((4, 5), (4,), [every, 2]), ((4, 5), (1,), [every, [1, 3, None]]),
        ((4, 5), (2, 1), [[0, 2, None], [None, -1, None]]), ((4, 5), (), [1, 3]), ((4, 5), (1, 2), [3, [0, 2, None]]),
        ((2, 3, 4), (2, 4), [every, 1]), ((2, 3, 4), (3,), [0, every, -1]), ((2, 3, 4), (2, 3, 2), [every, every, [0, 4, 3]]),
        ((2, 3, 2, 2), (3, 2), [1, every, 0]), ((2, 3, 2, 2), (2, 1), [every, 2, every, 1]),
        ((6, 2), (3, 2), [{"rows": [4, 0, 2]}]), ((6, 2), (2,), [{"rows": [5, 1]}]), ((6,), (), [{"rows": [3]}]),
    ):
        operation("put", lambda a, b: put(a, b, indices), [tensor(*shape), tensor(*value)], indices=indices)
    for shape, rows in (((5, 3), [1, 1, 4]), ((4,), [0, 3, 3, 3, 0]), ((3, 2, 2), [2])):
        operation("index_add", lambda a, b, i: a.index_add(0, i, b),
                  [tensor(*shape), tensor(len(rows), *shape[1:]), torch.tensor(rows)])


for part in (multinomial, sampling, orders, reductions, pointwise, matrices, perplexities, writing):
    part()
content = {"fixture": "values", "meta": meta(), "cases": cases}
if A.out:
    print(dump(content, A.out), "bytes")
print(len(cases), "cases")
