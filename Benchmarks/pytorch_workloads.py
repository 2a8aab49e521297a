"""Times in PyTorch the workload that each line of standard input names, once, and answers with its seconds.

The counterpart of Workloads/: the same models, sizes, losses, optimizers and numbers of steps.
"""
import math
import sys
import time

import torch
from torch import nn


class LastOutput(nn.Module):
    """Tutorials 000 and 001: a number from the last output of a sequence."""

    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(1, 32, batch_first=True)
        self.head = nn.Linear(32, 1)

    def forward(self, x):
        return self.head(self.rnn(x)[0][:, -1, :])


class Classifier(nn.Module):
    """Tutorial 002: one of two classes from four words."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(16, 8)
        self.rnn = nn.RNN(8, 8, batch_first=True)
        self.head = nn.Linear(8, 2)

    def forward(self, words):
        output, _ = self.rnn(self.embedding(words), torch.zeros(1, words.size(0), 8))
        return self.head(output[:, -1, :])


class EveryOutput(nn.Module):
    """Tutorial 003: three layers, and a number at every step."""

    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(1, 32, 3, batch_first=True)
        self.head = nn.Linear(32, 1)

    def forward(self, x, state):
        output, state = self.rnn(x, state)
        outputs = [self.head(output[:, step, :]) for step in range(output.size(1))]
        return torch.stack(outputs, dim=1), state


def fit(model, x, y, optimizer, epochs):
    loss_of = nn.MSELoss()

    def loop():
        for _ in range(epochs):
            loss = loss_of(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    return loop


def last_point():
    start = torch.rand(1000, 1, dtype=torch.float64)
    waves = torch.sin(start + torch.linspace(0, 2 * math.pi, 50, dtype=torch.float64)).float()
    model = LastOutput()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    return fit(model, waves[:, :-1, None], waves[:, -1:], optimizer, 200)


def next_number():
    series = torch.arange(10.0, 100.0, 10.0)
    x = torch.stack([series[i : i + 3] for i in range(6)])[:, :, None]
    model = LastOutput()
    return fit(model, x, series[3:, None], torch.optim.SGD(model.parameters(), lr=0.01), 500)


def text_classes():
    sentences = torch.tensor([[1, 2, 3, 4], [5, 6, 7, 8], [1, 9, 10, 11], [12, 13, 14, 15]])
    dataset = torch.utils.data.TensorDataset(sentences, torch.tensor([0, 0, 1, 1]))
    loader = torch.utils.data.DataLoader(dataset, batch_size=2, shuffle=True)
    model = Classifier()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    loss_of = nn.CrossEntropyLoss()

    def loop():
        for _ in range(20):
            for words, labels in loader:
                loss = loss_of(model(words), labels)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()

    return loop


def sine_to_cosine():
    model = EveryOutput()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=10)
    loss_of = nn.MSELoss()

    def loop():
        state = None
        for step in range(500):
            angles = torch.linspace(step * math.pi, (step + 1) * math.pi, 30)
            x, y = torch.sin(angles)[None, :, None], torch.cos(angles)[None, :, None]
            prediction, state = model(x, state)
            state = state.detach()
            loss = loss_of(prediction, y)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
            optimizer.step()
            schedule.step(loss.detach())

    return loop


def network_by_hand():
    wave = torch.sin(torch.linspace(2, 10, 21))[:, None]
    x, y = wave[:-1], wave[1:]
    w1 = torch.normal(0.0, 0.4, (7, 6)).requires_grad_()
    w2 = torch.normal(0.0, 0.3, (6, 1)).requires_grad_()

    def loop():
        for _ in range(300):
            context = torch.zeros(1, 6)
            for j in range(20):
                hidden = torch.tanh(torch.cat((x[j : j + 1], context), 1).mm(w1))
                loss = (hidden.mm(w2) - y[j : j + 1]).pow(2).sum() / 2
                loss.backward()
                w1.data -= 0.1 * w1.grad.data
                w2.data -= 0.1 * w2.grad.data
                w1.grad.data.zero_()
                w2.grad.data.zero_()
                context = hidden.data

    return loop


class SelfAttention(nn.MultiheadAttention):
    """Attention of sequences to themselves, in the form of a recurrent layer."""

    def forward(self, x):
        return super().forward(x, x, x, need_weights=False)


class TransformerLayer(nn.TransformerEncoderLayer):
    """A transformer's layer in the same form."""

    def forward(self, x):
        return super().forward(x), None


def make_layer(kind, inputs, hidden):
    """A layer, and the features of its input; of attention, `inputs` is the number of heads."""
    if kind == "Attention":
        return SelfAttention(hidden, inputs, batch_first=True), hidden
    if kind == "Transformer":
        layer = TransformerLayer(hidden, inputs, 4 * hidden, dropout=0.0, activation="gelu", batch_first=True)
        return layer, hidden
    return getattr(nn, kind)(inputs, hidden, batch_first=True), inputs


def training_steps(name):
    kind, *sizes = name.split()
    batch, steps, inputs, hidden, count = map(int, sizes)
    layer, features = make_layer(kind, inputs, hidden)
    head = nn.Linear(hidden, 1)
    optimizer = torch.optim.Adam([*layer.parameters(), *head.parameters()], lr=1e-3)
    x, y = torch.randn(batch, steps, features), torch.randn(batch, 1)
    loss_of = nn.MSELoss()

    def loop(count):
        for _ in range(count):
            loss = loss_of(head(layer(x)[0][:, -1, :]), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    loop(1)
    return lambda: loop(count)


TUTORIALS = {"000": last_point, "001": next_number, "002": text_classes, "003": sine_to_cosine, "004": network_by_hand}


def main():
    torch.set_num_threads(int(sys.argv[1]))
    for line in sys.stdin:
        name = line.strip()
        torch.manual_seed(0)
        loop = TUTORIALS[name]() if name in TUTORIALS else training_steps(name)
        start = time.perf_counter()
        loop()
        print(time.perf_counter() - start, flush=True)


main()
