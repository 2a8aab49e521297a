"""Initial weights of torch.nn.init, and the training of models with tied and with frozen weights.

    python ref_weights.py --seed 0 --out pytorch/weights.json
"""
import torch
from torch import nn
from torch.nn import init

from refcommon import args, dump, meta, L, P, T, f64

a = args()


def initial(function, shape, kwargs, gates=1, seed=0):
    """One tensor filled, each of its gates' blocks by itself, and the number that is drawn next."""
    torch.manual_seed(seed)
    weight = torch.empty(shape)
    for block in weight.chunk(gates, 0) if gates > 1 else [weight]:
        getattr(init, function)(block, **kwargs)
    return {"id": f"{function}_{'x'.join(map(str, shape))}_{gates}_{seed}_" + "_".join(map(str, kwargs.values())),
            "function": function, "shape": list(shape), "args": kwargs, "gates": gates, "seed": seed,
            "weight": T(weight), "next": T(torch.rand(1))}


def exact_orthogonal(case):
    """The same factor in doubles, and how far that of floats is from it."""
    torch.manual_seed(case["seed"])
    rows, gates = case["shape"][0], case["gates"]
    blocks = []
    for _ in range(gates):
        normal = torch.empty(rows // gates, torch.Size(case["shape"][1:]).numel()).normal_().double()
        wide = normal.shape[0] < normal.shape[1]
        q, r = torch.linalg.qr(normal.t() if wide else normal)
        q = q * torch.diag(r).sign()
        blocks.append((q.t() if wide else q) * case["args"].get("gain", 1))
    exact = torch.cat(blocks).reshape(case["shape"])
    recorded = torch.tensor(case["weight"]["data"], dtype=torch.float64).reshape(case["shape"])
    return {"exact": T(exact), "noise": f64((recorded - exact).abs().max())}


def initials(seed):
    shapes = [(3, 5), (5, 3), (4, 4), (7, 9)]
    yield from (initial("constant_", s, {"val": 0.3}, seed=seed) for s in [(3,), (2, 3)])
    yield from (initial("eye_", s, {}, seed=seed) for s in shapes[:3])
    yield from (initial("uniform_", s, {"a": -0.3, "b": 0.7}, seed=seed) for s in [(5,), (3, 7)])
    for shape in [(3, 5), (4, 4), (3, 7), (2, 3, 4)]:
        yield initial("normal_", shape, {"mean": 0.1, "std": 0.6}, seed=seed)
    for shape in [*shapes, (3, 2, 5)]:
        for gain in [1.0, init.calculate_gain("tanh")]:
            yield initial("xavier_uniform_", shape, {"gain": gain}, seed=seed)
            yield initial("xavier_normal_", shape, {"gain": gain}, seed=seed)
        for function in ["kaiming_uniform_", "kaiming_normal_"]:
            yield initial(function, shape, {}, seed=seed)
            yield initial(function, shape, {"mode": "fan_out", "nonlinearity": "relu"}, seed=seed)
            yield initial(function, shape, {"a": 0.2, "nonlinearity": "leaky_relu"}, seed=seed)
            yield initial(function, shape, {"nonlinearity": "tanh"}, seed=seed)
    for limits in [{}, {"std": 0.02}, {"mean": 0.5, "std": 2.0, "a": -1.0, "b": 1.5},
                   {"mean": 0.0, "std": 1.0, "a": 1.0, "b": 2.0}, {"mean": -3.0, "std": 2.0, "a": 0.0, "b": 4.0}]:
        for shape in [(5,), (6, 8)]:
            yield initial("trunc_normal_", shape, limits, seed=seed)
    for shape in [(4, 4), (6, 3), (3, 6), (1, 5), (20, 12), (2, 3, 4)]:
        for gain in [1.0, 1.4]:
            case = initial("orthogonal_", shape, {"gain": gain}, seed=seed)
            yield case | exact_orthogonal(case)
    for function in ["orthogonal_", "xavier_uniform_", "normal_"]:
        for gates, hidden, width in [(4, 3, 3), (3, 5, 5), (4, 6, 2)]:
            case = initial(function, (gates * hidden, width), {}, gates, seed)
            yield case | exact_orthogonal(case) if function == "orthogonal_" else case


class Words(nn.Module):
    """A word model: each word's vector, an LSTM, and a score for each next word."""

    def __init__(self, count, size, tied):
        super().__init__()
        self.encoder = nn.Embedding(count, size)
        self.rnn = nn.LSTM(size, size, batch_first=True)
        self.decoder = nn.Linear(size, count)
        if tied:
            self.decoder.weight = self.encoder.weight

    def forward(self, words):
        return self.decoder(self.rnn(self.encoder(words))[0])


def training(name, tied, frozen, steps=6, count=12, size=5):
    torch.manual_seed(a.seed)
    model = Words(count, size, tied)
    for parameter, value in model.named_parameters():
        value.requires_grad_(parameter not in frozen)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.3, momentum=0.9)
    words = torch.randint(0, count, (3, 7))
    start = P(model.named_parameters())
    losses, first = [], None
    for _ in range(steps):
        loss = nn.functional.cross_entropy(model(words[:, :-1]).reshape(-1, count), words[:, 1:].reshape(-1))
        optimizer.zero_grad()
        loss.backward()
        first = first or {n: T(p.grad) for n, p in model.named_parameters()}
        optimizer.step()
        losses.append(L(loss))
    return {"id": name, "count": count, "size": size, "tied": tied, "frozen": frozen, "learning_rate": 0.3, "momentum": 0.9,
            "words": T(words), "initial_params": start, "first_step_grads": first, "losses": losses,
            "final_params": P(model.named_parameters())}


rnn = ["rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0"]
content = {
    "fixture": "weights", "meta": meta(),
    "initial": [case for seed in [a.seed, a.seed + 1] for case in initials(seed)],
    "training": [
        training("plain", False, []), training("tied", True, []), training("frozen_encoder", False, ["encoder.weight"]),
        training("frozen_rnn", False, rnn), training("frozen_hidden_weight", False, ["rnn.weight_hh_l0"]),
        training("frozen_input_side", False, ["rnn.weight_ih_l0", "rnn.bias_ih_l0"]),
        training("tied_frozen_biases", True, ["rnn.bias_ih_l0", "rnn.bias_hh_l0", "decoder.bias"]),
    ],
}
print({"initial": len(content["initial"]), "training": len(content["training"])})
if a.out:
    print(dump(content, a.out), "bytes")
