"""LSTMs with projections, cells with normalized sums, and activations: in the format of layers.json.

    python ref_cells.py --seed 0 --out pytorch/cells.json
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

from refcommon import L, P, T, args, dump, meta

A = args()
CASES = []


def single(tensors):
    """Named tensors in single precision, in which all cases are recorded."""
    return [(name, x.detach().float()) for name, x in tensors]


def record(case, module, inputs, call):
    outputs = call()
    weights = {name: torch.randn(y.shape).to(y.dtype) for name, y in outputs.items() if name != "lengths"}
    loss = sum((outputs[name] * w).sum() for name, w in weights.items())
    loss.backward()
    parameters = list(module.named_parameters())
    case.update(
        seed=A.seed, params=P(single(parameters)), inputs=P(single(inputs.items())), loss_weights=P(single(weights.items())),
        outputs={n: [int(v) for v in y] if n == "lengths" else T(y.float()) for n, y in outputs.items()}, loss=L(loss),
        grads={**{name: T(x.grad.float()) for name, x in inputs.items()},
               "params": P(single((n, p.grad) for n, p in parameters))})
    CASES.append(case)


def projected():
    for layers, both, first in ((1, False, False), (1, True, True), (2, False, True), (2, True, False)):
        lstm(layers, both, first, True, both == first)
    lstm(1, True, False, False, True)
    for layers, both in ((1, False), (2, True)):
        packed(layers, both)


def make(layers, both, first, bias=True):
    kwargs = dict(input_size=3, hidden_size=4, proj_size=2, num_layers=layers, bidirectional=both, batch_first=first, bias=bias)
    return kwargs, nn.LSTM(**kwargs)


def initial(layers, both, batch, inputs):
    count = layers * (2 if both else 1)
    inputs["h0"] = torch.randn(count, batch, 2).requires_grad_()
    inputs["c0"] = torch.randn(count, batch, 4).requires_grad_()
    return inputs["h0"], inputs["c0"]


def lstm(layers, both, first, bias, state):
    kwargs, module = make(layers, both, first, bias)
    x = torch.randn(*((2, 3) if first else (3, 2)), 3).requires_grad_()
    inputs = {"input": x}
    start = initial(layers, both, 2, inputs) if state else None

    def call():
        output, (h, c) = module(x, start)
        return {"output": output, "h_n": h, "c_n": c}

    record({"id": f"LSTM_projected_{layers}_{both}_{first}_{bias}_{state}", "kind": "recurrent", "module": "LSTM", "args": kwargs},
           module, inputs, call)


def packed(layers, both):
    kwargs, module = make(layers, both, True)
    x = torch.randn(3, 4, 3).requires_grad_()
    inputs = {"input": x}
    start = initial(layers, both, 3, inputs)
    lengths = [2, 4, 1]
    case = {"id": f"LSTM_projected_packed_{layers}_{both}", "kind": "packed", "module": "LSTM", "args": kwargs, "lengths": lengths,
            "enforce_sorted": False, "padding_value": 0, "total_length": None}

    def parts(sequence):
        return {"data": T(sequence.data), "batch_sizes": T(sequence.batch_sizes),
                "sorted_indices": T(sequence.sorted_indices), "unsorted_indices": T(sequence.unsorted_indices)}

    def call():
        sequence = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        output, (h, c) = module(sequence, start)
        case.update(packed_input=parts(sequence), packed_output=parts(output))
        output, counts = nn.utils.rnn.pad_packed_sequence(output, batch_first=True)
        return {"output": output, "lengths": counts, "h_n": h, "c_n": c}

    record(case, module, inputs, call)


class LayerNormLSTMCell(nn.Module):
    """J. Ba et al. (2016), equations 20 to 22."""

    def __init__(self, input_size, hidden_size):
        super().__init__()
        k = 1 / math.sqrt(hidden_size)
        self.weight_ih = nn.Parameter(torch.empty(4 * hidden_size, input_size).uniform_(-k, k))
        self.weight_hh = nn.Parameter(torch.empty(4 * hidden_size, hidden_size).uniform_(-k, k))
        self.norm_ih, self.norm_hh = nn.LayerNorm(4 * hidden_size), nn.LayerNorm(4 * hidden_size)
        self.norm_c = nn.LayerNorm(hidden_size)

    def forward(self, x, state):
        h, c = state
        i, f, g, o = (self.norm_ih(F.linear(x, self.weight_ih)) + self.norm_hh(F.linear(h, self.weight_hh))).chunk(4, 1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        return o.sigmoid() * self.norm_c(c).tanh(), c


class LayerNormGRUCell(nn.Module):
    """J. Ba et al. (2016), equations 23 to 25, with z and 1 - z exchanged."""

    def __init__(self, input_size, hidden_size):
        super().__init__()
        k = 1 / math.sqrt(hidden_size)
        self.weight_ih = nn.Parameter(torch.empty(3 * hidden_size, input_size).uniform_(-k, k))
        self.weight_hh = nn.Parameter(torch.empty(3 * hidden_size, hidden_size).uniform_(-k, k))
        self.norm_ih, self.norm_hh = nn.LayerNorm(2 * hidden_size), nn.LayerNorm(2 * hidden_size)
        self.norm_in, self.norm_hn = nn.LayerNorm(hidden_size), nn.LayerNorm(hidden_size)

    def forward(self, x, state):
        h, size = state[0], state[0].size(1)
        a, b = F.linear(x, self.weight_ih), F.linear(h, self.weight_hh)
        r, z = (self.norm_ih(a[:, : 2 * size]) + self.norm_hh(b[:, : 2 * size])).sigmoid().chunk(2, 1)
        n = (self.norm_in(a[:, 2 * size :]) + r * self.norm_hn(b[:, 2 * size :])).tanh()
        return ((1 - z) * n + z * h,)


def normalized():
    for kind in (LayerNormLSTMCell, LayerNormGRUCell):
        module = kind(3, 6)
        with torch.no_grad():
            for parameter in module.parameters():
                if parameter.dim() == 1:
                    parameter += 0.3 * torch.randn(parameter.shape)
        # Normalizing a few numbers magnifies rounding: what is recorded was computed in double precision.
        module.double()
        names = ("h0", "c0") if kind is LayerNormLSTMCell else ("h0",)
        inputs = {"input": torch.randn(3, 2, 3), **{name: torch.randn(2, 6) for name in names}}
        inputs = {name: x.double().requires_grad_() for name, x in inputs.items()}

        def call():
            state, outputs = tuple(inputs.values())[1:], []
            for x in inputs["input"]:
                state = module(x, state)
                outputs.append(state[0])
            return {"output": torch.stack(outputs), **dict(zip(("h_n", "c_n"), state))}

        record({"id": kind.__name__, "kind": "cell", "module": kind.__name__, "args": dict(input_size=3, hidden_size=6)},
               module, inputs, call)


def activations():
    inf = math.inf
    corners = [0.0, -0.0, -inf, math.nan, 30.0, -30.0, -14.0, 20.5, 19.5, -9.0, -5.0, 1e20, -1e20, 1e-30]
    for module, kwargs in ((nn.GELU, {}), (nn.GELU, {"approximate": "tanh"}), (nn.LeakyReLU, {}), (nn.LeakyReLU, {"negative_slope": 0.2}),
                           (nn.Softplus, {}), (nn.Softplus, {"beta": 2.0, "threshold": 5.0}), (nn.SiLU, {}), (nn.Softsign, {})):
        # At +inf PyTorch's exact GELU is inf or NaN, depending on the number of elements and on oneDNN.
        rest = corners if module is nn.GELU and not kwargs else corners + [inf]
        for number, x in enumerate((4 * torch.randn(40), torch.tensor(rest))):
            x.requires_grad_()
            layer = module(**kwargs)
            record({"id": f"{module.__name__}_{len(CASES)}", "kind": "activation", "module": module.__name__, "args": kwargs},
                   layer, {"input": x}, lambda: {"output": layer(x)})


projected()
normalized()
activations()
print(len(CASES), "cases,", dump({"fixture": "layers", "meta": meta(), "cases": CASES}, A.out or "/dev/null"), "bytes")
