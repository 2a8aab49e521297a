"""Attention, positions and transformer layers: outputs, weights, gradients, initial weights and dropout's stream.

    python ref_attention.py --seed 0 --out pytorch/attention.json

The gradients of a case are those of the sum of its outputs, each times its `loss_weights`. Masks hold 1 where a place is
hidden. `dropout_seed` is what `torch.manual_seed` got before the call of a layer in training.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

from refcommon import P, T, args, dump, meta

A = args()
CASES = []


def rand(*shape):
    return torch.randn(*shape).requires_grad_()


def record(case, module, inputs, call, training_seed=None):
    """Runs a call, and notes what came of it."""
    if training_seed is not None:
        torch.manual_seed(training_seed)
    outputs = call()
    torch.manual_seed(A.seed + 1000 + len(CASES))
    weights = {name: torch.randn(y.shape) for name, y in outputs.items()}
    # A product with NaN stays NaN: rows that are hidden whole are part of the case.
    loss = sum((y * weights[name]).sum() for name, y in outputs.items())
    loss.backward()
    parameters = list(module.named_parameters()) if module else []
    case.update(
        params=P(parameters), inputs=P(inputs.items()), loss_weights=P(weights.items()), outputs=P(outputs.items()),
        dropout_seed=training_seed,
        grads={**{name: T(x.grad) for name, x in inputs.items()}, "params": {n: T(p.grad) for n, p in parameters}})
    CASES.append(case)


def scatter(module):
    """Moves the parameters that begin as zeros or ones, which would hide mistakes."""
    with torch.no_grad():
        for parameter in module.parameters():
            if parameter.dim() == 1:
                parameter += 0.3 * torch.randn(parameter.shape)
    return module


def mask_of(rows):
    return torch.tensor(rows, dtype=torch.bool)


def hidden(mask):
    return None if mask is None else T(mask.float())


def sdpa():
    shapes = [((2, 3, 4), (2, 5, 4), (2, 5, 2)), ((2, 2, 3, 2), (2, 2, 3, 2), (2, 2, 3, 2)), ((1, 4), (3, 4), (3, 4))]
    for number, (q, k, v) in enumerate(shapes):
        places = torch.rand(q[-2], k[-2]) < 0.4
        places[0] = True                          # a row that is hidden whole
        for name, options in {
            "plain": {}, "causal": {"is_causal": True}, "mask": {"mask": places},
            "bias": {"bias": torch.randn(q[-2], k[-2])}, "scale": {"scale": 0.3},
        }.items():
            torch.manual_seed(A.seed + 10 * number + len(CASES))
            inputs = {"query": rand(*q), "key": rand(*k), "value": rand(*v)}
            mask, bias = options.get("mask"), options.get("bias")
            if bias is not None:
                bias = bias.requires_grad_()
                inputs["bias"] = bias
            record(
                {"id": f"sdpa_{name}_{number}", "kind": "sdpa", "mask": hidden(mask),
                 "is_causal": options.get("is_causal", False), "scale": options.get("scale")},
                None, inputs,
                lambda: {"output": F.scaled_dot_product_attention(
                    inputs["query"], inputs["key"], inputs["value"], attn_mask=bias if mask is None else ~mask,
                    is_causal=options.get("is_causal", False), scale=options.get("scale"))})


def multihead(name, kwargs, same, call, training_seed=None, lengths=(3, 3), batch=2):
    seed = A.seed + 100 + len(CASES)
    torch.manual_seed(seed)
    module = nn.MultiheadAttention(**kwargs)
    drawn = P(module.named_parameters())
    scatter(module)
    # The same draws in every case: some suffice.
    drawn = drawn if name in ("self", "no_bias", "sizes") else None
    module.train(training_seed is not None)
    first = kwargs.get("batch_first", False)
    shape = lambda length, size: (
        (length, size) if batch is None else (batch, length, size) if first else (length, batch, size))
    size = kwargs["embed_dim"]
    inputs = {"query": rand(*shape(lengths[0], size))}
    if same < 3:
        inputs["key"] = rand(*shape(lengths[1], kwargs.get("kdim") or size))
    if same < 2:
        inputs["value"] = rand(*shape(lengths[1], kwargs.get("vdim") or size))
    query = inputs["query"]
    key = inputs.get("key", query)
    value = inputs.get("value", key)
    options = dict(call)
    case = {"id": f"multihead_{name}", "kind": "multihead", "args": kwargs, "seed": seed, "drawn": drawn,
            "padding": hidden(options.get("key_padding_mask")), "need_weights": options.get("need_weights", True),
            "average": options.get("average_attn_weights", True), "is_causal": options.get("is_causal", False)}
    mask = options.get("attn_mask")
    if mask is not None and mask.dtype != torch.bool:
        mask = mask.requires_grad_()
        inputs["bias"] = mask
        options["attn_mask"] = mask
    elif mask is not None:
        per_head = mask.dim() == 3
        case["mask"] = T(mask.float().reshape(-1, kwargs["num_heads"], *mask.shape[1:]) if per_head else mask.float())
    if options.get("is_causal"):
        options["attn_mask"] = torch.triu(torch.ones(lengths[0], lengths[1], dtype=torch.bool), 1)

    def run():
        output, weights = module(query, key, value, **options)
        return {"output": output} if weights is None else {"output": output, "weights": weights}

    record(case, module, inputs, run, training_seed)


def all_multihead():
    padding = mask_of([[0, 0, 1], [0, 1, 1]])
    whole = mask_of([[0, 0, 1], [1, 1, 1]])
    places = mask_of([[0, 1, 1], [0, 0, 1], [1, 0, 0]])
    multihead("self", dict(embed_dim=4, num_heads=2), 3, {})
    multihead("self_batch_first", dict(embed_dim=4, num_heads=2, batch_first=True), 3, {"average_attn_weights": False})
    multihead("unbatched", dict(embed_dim=4, num_heads=2), 3, {}, batch=None)
    multihead("no_bias", dict(embed_dim=6, num_heads=3, bias=False, batch_first=True), 3, {})
    multihead("keys", dict(embed_dim=4, num_heads=2, batch_first=True), 2, {}, lengths=(2, 5))
    multihead("keys_and_values", dict(embed_dim=4, num_heads=1), 1, {"average_attn_weights": False}, lengths=(4, 3))
    multihead("sizes", dict(embed_dim=4, num_heads=2, kdim=3, vdim=5, batch_first=True), 1, {}, lengths=(2, 3))
    multihead("padding", dict(embed_dim=4, num_heads=2, batch_first=True), 3, {"key_padding_mask": padding})
    for need in (True, False):
        multihead(f"hidden_whole_{need}", dict(embed_dim=4, num_heads=2, batch_first=True), 3,
                  {"key_padding_mask": whole, "need_weights": need})
    multihead("mask", dict(embed_dim=4, num_heads=2), 3, {"attn_mask": places})
    multihead("mask_and_padding", dict(embed_dim=4, num_heads=2, batch_first=True), 3,
              {"attn_mask": mask_of([[0, 1, 0], [0, 0, 1], [0, 0, 0]]), "key_padding_mask": padding,
               "need_weights": False})
    multihead("mask_of_heads", dict(embed_dim=4, num_heads=2), 3,
              {"attn_mask": torch.stack([places, ~places.flip(0), places.T, places]) & ~torch.eye(3, dtype=torch.bool)})
    multihead("bias", dict(embed_dim=4, num_heads=2), 3, {"attn_mask": torch.randn(3, 3)})
    multihead("causal", dict(embed_dim=4, num_heads=2), 3, {"is_causal": True, "need_weights": False})
    for need in (True, False):
        multihead(f"dropout_{need}", dict(embed_dim=4, num_heads=2, dropout=0.4), 3, {"need_weights": need},
                  training_seed=7 + A.seed)


def encoder(name, kwargs, padded=False, causal=False, training_seed=None, layers=None):
    seed = A.seed + 200 + len(CASES)
    torch.manual_seed(seed)
    module = nn.TransformerEncoderLayer(**kwargs)
    drawn = P(module.named_parameters())
    if layers:
        norm = nn.LayerNorm(kwargs["d_model"]) if layers == 2 else None
        module = nn.TransformerEncoder(module, layers, norm, enable_nested_tensor=False)
    scatter(module)
    module.train(training_seed is not None)
    x = rand(*((2, 3) if kwargs.get("batch_first") else (3, 2)), kwargs["d_model"])
    padding = mask_of([[0, 0, 1], [0, 0, 0]]) if padded else None
    causal_mask = torch.triu(torch.ones(3, 3, dtype=torch.bool), 1) if causal else None
    mask_name = "mask" if layers else "src_mask"
    record(
        {"id": f"encoder_{name}", "kind": "encoder", "args": kwargs, "layers": layers, "seed": seed,
         "drawn": drawn if name in ("post", "no_bias") else None, "padding": hidden(padding), "is_causal": causal},
        module, {"query": x},
        lambda: {"output": module(x, **{mask_name: causal_mask}, src_key_padding_mask=padding)}, training_seed)


def all_encoders():
    small = dict(d_model=4, nhead=2, dim_feedforward=6)
    encoder("post", dict(small, dropout=0.0))
    encoder("post_gelu_padded", dict(small, dropout=0.1, activation="gelu", batch_first=True), padded=True)
    encoder("pre", dict(small, dropout=0.0, norm_first=True, batch_first=True, layer_norm_eps=1e-3), causal=True)
    encoder("no_bias", dict(small, dropout=0.0, bias=False, batch_first=True))
    for first in (False, True):
        for before in (False, True):
            encoder(f"dropout_{first}_{before}", dict(small, dropout=0.3, batch_first=first, norm_first=before),
                    training_seed=11 + A.seed)
    encoder("two_layers", dict(small, dropout=0.0, batch_first=True), padded=True, layers=2)
    encoder("three_layers_dropout", dict(small, dropout=0.2, norm_first=True), training_seed=12 + A.seed, layers=3)


class Additive(nn.Module):
    """`BahdanauAttention` of the translation tutorial, with its maps renamed, and a mask."""

    def __init__(self, query_size, key_size, hidden_size, bias):
        super().__init__()
        self.query = nn.Linear(query_size, hidden_size, bias=bias)
        self.key = nn.Linear(key_size, hidden_size, bias=bias)
        self.score = nn.Linear(hidden_size, 1, bias=bias)

    def forward(self, query, key, value, mask):
        scores = self.score(torch.tanh(self.query(query).unsqueeze(2) + self.key(key).unsqueeze(1))).squeeze(-1)
        if mask is not None:
            scores = scores.masked_fill(mask.unsqueeze(1), -math.inf)
        weights = F.softmax(scores, dim=-1)
        return {"context": torch.bmm(weights, value), "weights": weights}


def additive():
    for bias in (True, False):
        seed = A.seed + 300 + len(CASES)
        torch.manual_seed(seed)
        module = Additive(3, 4, 5, bias)
        drawn = P(module.named_parameters())
        inputs = {"query": rand(2, 2, 3), "key": rand(2, 4, 4), "value": rand(2, 4, 2)}
        mask = mask_of([[0, 0, 0, 1], [0, 0, 1, 1]]) if bias else None
        record({"id": f"additive_{bias}", "kind": "additive", "args": dict(query_size=3, key_size=4, hidden_size=5, bias=bias),
                "seed": seed, "drawn": drawn, "mask": hidden(mask)},
               module, inputs, lambda: module(*inputs.values(), mask))


def positions():
    """The waves of the transformer tutorial, in double precision and rounded once."""
    for size, length in ((6, 9), (1, 3), (5, 40)):
        time = torch.arange(length, dtype=torch.float64)[:, None]
        waves = torch.zeros(length, size, dtype=torch.float64)
        frequency = torch.exp(torch.arange(0, size, 2, dtype=torch.float64) * (-math.log(10000.0) / size))
        waves[:, 0::2] = torch.sin(time * frequency)
        waves[:, 1::2] = torch.cos(time * frequency)[:, : size // 2]
        CASES.append({"id": f"positions_{size}", "kind": "positions", "size": size, "length": length, "waves": T(waves.float())})


sdpa()
all_multihead()
all_encoders()
additive()
positions()
size = dump({"fixture": "attention", "meta": meta(), "cases": CASES}, A.out or "/dev/null")
print(f"{len(CASES)} cases, {size} bytes")
