"""PyTorch's own programs, scaled down: python ref_programs.py [--seed 0] [--out FOLDER]

Writes programs.json. Each program is made after the published one, with a corpus of its own that is recorded with it:

names        "NLP From Scratch: Classifying Names with a Character-Level RNN"
words        examples/word_language_model: model.py (RNNModel with LSTM and tied weights) and main.py
sines        examples/time_sequence_prediction: train.py
translation  "NLP From Scratch: Translation with a Sequence to Sequence Network and Attention"
"""
import math, os, random
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from refcommon import T, args, dump, f64, meta


def case(id, seed, hyper, data, **results):
    return {"id": id, "seed": seed, "hyper": hyper, "data": data} | results


# --- Names -----------------------------------------------------------------------------------------------------

class CharRNN(nn.Module):
    def __init__(self, input_size, hidden_size, output_size):
        super().__init__()
        self.rnn = nn.RNN(input_size, hidden_size)
        self.h2o = nn.Linear(hidden_size, output_size)
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, line):
        _, hidden = self.rnn(line)
        return self.softmax(self.h2o(hidden[0]))


def names(seed, dtype=torch.float32):
    numbers = random.Random(seed)
    endings = {"Italian": ["ini", "elli", "ucci"], "Russian": ["ov", "sky", "enko"], "Greek": ["akis", "opoulos", "idis"]}
    kinds = list(endings)
    examples = [("".join(numbers.choice("bdlmnprst") + numbers.choice("aeio") for _ in range(numbers.randint(1, 3)))
                 + numbers.choice(endings[kind]), kinds.index(kind)) for _ in range(16) for kind in kinds]
    letters = "".join(sorted(set("".join(name for name, _ in examples))))
    hyper = {"hidden": 16, "lr": 0.15, "batch": 8, "epochs": 5, "clip": 3.0, "letters": letters, "kinds": kinds}
    torch.manual_seed(seed)
    model = CharRNN(len(letters), hyper["hidden"], len(kinds)).to(dtype)
    line = lambda name: F.one_hot(torch.tensor([letters.index(c) for c in name]), len(letters)).to(dtype).unsqueeze(1)
    optimizer = torch.optim.SGD(model.parameters(), lr=hyper["lr"])
    losses, norms = [], []
    for _ in range(hyper["epochs"]):
        order = torch.randperm(len(examples)).tolist()
        for start in range(0, len(order), hyper["batch"]):
            batch = order[start:start + hyper["batch"]]
            loss = 0
            for i in batch:
                loss += F.nll_loss(model(line(examples[i][0])), torch.tensor([examples[i][1]]))
            optimizer.zero_grad()
            (loss / len(batch)).backward()
            norms.append(f64(nn.utils.clip_grad_norm_(model.parameters(), hyper["clip"])))
            optimizer.step()
            losses.append(f64(loss.detach() / len(batch)))
    confusion = torch.zeros(len(kinds), len(kinds), dtype=torch.int64)
    with torch.no_grad():
        for name, kind in examples:
            confusion[kind][model(line(name)).argmax()] += 1
    return case("names", seed, hyper, {"names": [n for n, _ in examples], "kinds": [k for _, k in examples]},
                losses=losses, norms=norms, confusion=T(confusion))


# --- Words -----------------------------------------------------------------------------------------------------

class RNNModel(nn.Module):
    def __init__(self, ntoken, ninp, nhid, nlayers, dropout):
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.encoder = nn.Embedding(ntoken, ninp)
        self.rnn = nn.LSTM(ninp, nhid, nlayers, dropout=dropout)
        self.decoder = nn.Linear(nhid, ntoken)
        self.decoder.weight = self.encoder.weight
        nn.init.uniform_(self.encoder.weight, -0.1, 0.1)
        nn.init.zeros_(self.decoder.bias)
        nn.init.uniform_(self.decoder.weight, -0.1, 0.1)
        self.ntoken, self.nhid, self.nlayers = ntoken, nhid, nlayers

    def forward(self, input, hidden):
        output, hidden = self.rnn(self.drop(self.encoder(input)), hidden)
        decoded = self.decoder(self.drop(output)).view(-1, self.ntoken)
        return F.log_softmax(decoded, dim=1), hidden

    def init_hidden(self, batch):
        weight = next(self.parameters())
        return tuple(weight.new_zeros(self.nlayers, batch, self.nhid) for _ in range(2))


def words(seed, dtype=torch.float32):
    numbers = random.Random(seed)
    count, corpus = 20, [1]
    for _ in range(1199):
        corpus.append((corpus[-1] * 3 + numbers.choice([1, 1, 1, 1, 1, 7])) % count)
    hyper = {"words": count, "size": 16, "layers": 2, "dropout": 0.2, "lr": 20.0, "clip": 0.25, "bptt": 5, "batch": 10,
             "epochs": 7}
    batchify = lambda part: part[:len(part) // 10 * 10].view(10, -1).t().contiguous()
    train, valid = batchify(torch.tensor(corpus[:1000])), batchify(torch.tensor(corpus[1000:]))
    bptt = hyper["bptt"]

    def get_batch(source, i):
        seq_len = min(bptt, len(source) - 1 - i)
        return source[i:i + seq_len], source[i + 1:i + 1 + seq_len].view(-1)

    torch.manual_seed(seed)
    model = RNNModel(count, hyper["size"], hyper["size"], hyper["layers"], hyper["dropout"]).to(dtype)

    def evaluate():
        model.eval()
        total, hidden = 0.0, model.init_hidden(10)
        with torch.no_grad():
            for i in range(0, valid.size(0) - 1, bptt):
                data, targets = get_batch(valid, i)
                output, hidden = model(data, hidden)
                total += len(data) * F.nll_loss(output, targets).item()
        return total / (len(valid) - 1)

    lr, best, losses, validation, rates = hyper["lr"], None, [], [], []
    for _ in range(hyper["epochs"]):
        model.train()
        hidden = model.init_hidden(10)
        for i in range(0, train.size(0) - 1, bptt):
            data, targets = get_batch(train, i)
            model.zero_grad()
            hidden = tuple(h.detach() for h in hidden)
            output, hidden = model(data, hidden)
            loss = F.nll_loss(output, targets)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), hyper["clip"])
            for p in model.parameters():
                p.data.add_(p.grad, alpha=-lr)
            losses.append(f64(loss.detach()))
        validation.append(evaluate())
        if best is None or validation[-1] < best:
            best = validation[-1]
        else:
            lr /= 4.0
        rates.append(lr)
    return case("words", seed, hyper, {"train": T(train), "valid": T(valid)}, losses=losses, validation=validation,
                rates=rates)


# --- Sines -----------------------------------------------------------------------------------------------------

class Sequence(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.hidden = hidden
        self.lstm1 = nn.LSTMCell(1, hidden)
        self.lstm2 = nn.LSTMCell(hidden, hidden)
        self.linear = nn.Linear(hidden, 1)

    def forward(self, input, future=0):
        outputs = []
        zeros = lambda: torch.zeros(input.size(0), self.hidden, dtype=input.dtype)
        h_t, c_t, h_t2, c_t2 = zeros(), zeros(), zeros(), zeros()
        for input_t in input.split(1, dim=1):
            h_t, c_t = self.lstm1(input_t, (h_t, c_t))
            h_t2, c_t2 = self.lstm2(h_t, (h_t2, c_t2))
            output = self.linear(h_t2)
            outputs += [output]
        for _ in range(future):
            h_t, c_t = self.lstm1(output, (h_t, c_t))
            h_t2, c_t2 = self.lstm2(h_t, (h_t2, c_t2))
            output = self.linear(h_t2)
            outputs += [output]
        return torch.cat(outputs, dim=1)


def sines(seed, dtype):
    np.random.seed(seed)
    length, period, count = 30, 4, 5
    x = np.array(range(length)) + np.random.randint(-4 * period, 4 * period, count).reshape(count, 1)
    waves = torch.from_numpy(np.sin(x / 1.0 / period)).to(getattr(torch, dtype))
    hyper = {"hidden": 10, "lr": 0.8, "max_iter": 6, "steps": 4, "test": 2, "future": 12, "dtype": dtype}
    input, target = waves[hyper["test"]:, :-1], waves[hyper["test"]:, 1:]
    torch.manual_seed(seed)
    model = Sequence(hyper["hidden"]).to(waves.dtype)
    optimizer = torch.optim.LBFGS(model.parameters(), lr=hyper["lr"], max_iter=hyper["max_iter"])
    losses = []

    def closure():
        optimizer.zero_grad()
        loss = F.mse_loss(model(input), target)
        loss.backward()
        losses.append(f64(loss.detach()))
        return loss

    for _ in range(hyper["steps"]):
        optimizer.step(closure)
    with torch.no_grad():
        ahead = model(waves[:hyper["test"], :-1], future=hyper["future"])
    return case(f"sines_{dtype}", seed, hyper, {"waves": T(waves)}, losses=losses, ahead=T(ahead))


# --- Translation -----------------------------------------------------------------------------------------------

SOS, EOS, LONGEST = 0, 1, 6


class EncoderRNN(nn.Module):
    def __init__(self, input_size, hidden_size, dropout_p):
        super().__init__()
        self.embedding = nn.Embedding(input_size, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size, batch_first=True)
        self.dropout = nn.Dropout(dropout_p)

    def forward(self, input):
        return self.gru(self.dropout(self.embedding(input)))


class BahdanauAttention(nn.Module):
    def __init__(self, hidden_size):
        super().__init__()
        self.Wa = nn.Linear(hidden_size, hidden_size)
        self.Ua = nn.Linear(hidden_size, hidden_size)
        self.Va = nn.Linear(hidden_size, 1)

    def forward(self, query, keys):
        scores = self.Va(torch.tanh(self.Wa(query) + self.Ua(keys)))
        weights = F.softmax(scores.squeeze(2).unsqueeze(1), dim=-1)
        return torch.bmm(weights, keys), weights


class AttnDecoderRNN(nn.Module):
    def __init__(self, hidden_size, output_size, dropout_p):
        super().__init__()
        self.embedding = nn.Embedding(output_size, hidden_size)
        self.attention = BahdanauAttention(hidden_size)
        self.gru = nn.GRU(2 * hidden_size, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, output_size)
        self.dropout = nn.Dropout(dropout_p)

    def forward(self, encoder_outputs, encoder_hidden, target=None):
        word = torch.full((encoder_outputs.size(0), 1), SOS, dtype=torch.long)
        hidden, outputs, attentions = encoder_hidden, [], []
        for i in range(LONGEST):
            embedded = self.dropout(self.embedding(word))
            context, weights = self.attention(hidden.permute(1, 0, 2), encoder_outputs)
            output, hidden = self.gru(torch.cat((embedded, context), dim=2), hidden)
            output = self.out(output)
            outputs.append(output)
            attentions.append(weights)
            word = target[:, i].unsqueeze(1) if target is not None else output.argmax(-1).detach()
        return F.log_softmax(torch.cat(outputs, dim=1), dim=-1), hidden, torch.cat(attentions, dim=1)


def translation(seed, dtype=torch.float32):
    numbers = random.Random(seed)

    def pair():
        sentence = [numbers.randint(2, 9) for _ in range(numbers.randint(2, LONGEST - 1))]
        pad = lambda words: words + [EOS] + [0] * (LONGEST - 1 - len(words))
        return pad(sentence), pad(sentence[::-1])

    pairs = [pair() for _ in range(40)]
    x, y = torch.tensor([p[0] for p in pairs]), torch.tensor([p[1] for p in pairs])
    hyper = {"words": 10, "hidden": 20, "dropout": 0.1, "lr": 0.01, "batch": 8, "epochs": 6, "asked": 4}
    torch.manual_seed(seed)
    encoder = EncoderRNN(hyper["words"], hyper["hidden"], hyper["dropout"]).to(dtype)
    decoder = AttnDecoderRNN(hyper["hidden"], hyper["words"], hyper["dropout"]).to(dtype)
    loader = DataLoader(TensorDataset(x, y), batch_size=hyper["batch"], shuffle=True)
    optimizers = [torch.optim.Adam(m.parameters(), lr=hyper["lr"]) for m in (encoder, decoder)]
    losses = []
    for _ in range(hyper["epochs"]):
        for source, target in loader:
            for optimizer in optimizers:
                optimizer.zero_grad()
            outputs, hidden = encoder(source)
            said, _, _ = decoder(outputs, hidden, target)
            loss = F.nll_loss(said.view(-1, said.size(-1)), target.view(-1))
            loss.backward()
            for optimizer in optimizers:
                optimizer.step()
            losses.append(f64(loss.detach()))
    encoder.eval(), decoder.eval()
    with torch.no_grad():
        outputs, hidden = encoder(x[:hyper["asked"]])
        said, _, attention = decoder(outputs, hidden)
    return case("translation", seed, hyper, {"x": T(x), "y": T(y)}, losses=losses, said=T(said.argmax(-1)),
                attention=T(attention))


def with_noise(single, wide):
    """How far the losses have been from those of the same weights in doubles, which rounding alone brings about."""
    worst, noise = 0.0, []
    for a, b in zip(single["losses"], wide["losses"]):
        worst = max(worst, abs(a - b) / max(1, abs(b)))
        noise.append(worst)
    return single | {"noise": noise}


if __name__ == "__main__":
    a = args()
    wide = sines(a.seed, "float64")
    programs = [with_noise(p(a.seed), p(a.seed, torch.float64)) for p in (names, words, translation)]
    programs += [wide, with_noise(sines(a.seed, "float32"), wide)]
    path = os.path.join(a.out or "pytorch", "programs.json")
    print("programs", dump({"fixture": "programs", "meta": meta(), "cases": programs}, path), "bytes")
