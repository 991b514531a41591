"""Trajectories of PyTorch's optimizers in float64: the loss and every parameter at every step."""

import math

import torch

from chance import Stream, split_rows
from models import all_models, houses

STEPS = 100

OPTIMIZERS = {
    "sgd": lambda values, rate: torch.optim.SGD(values, lr=rate),
    "momentum": lambda values, rate: torch.optim.SGD(values, lr=rate, momentum=0.9),
    "nesterov": lambda values, rate: torch.optim.SGD(values, lr=rate, momentum=0.9, nesterov=True),
    "adagrad": lambda values, rate: torch.optim.Adagrad(values, lr=rate),
    "rmsprop": lambda values, rate: torch.optim.RMSprop(values, lr=rate),
    "adam": lambda values, rate: torch.optim.Adam(values, lr=rate),
}


class Training:
    """Training of a model, step by step, recording as it goes."""

    def __init__(self, model, optimizer, rate, dtype=torch.float64):
        self.model = model
        self.p = {
            name: torch.tensor(float(value), dtype=dtype, requires_grad=True) for name, value in model.start.items()
        }
        self.optimizer = OPTIMIZERS[optimizer](list(self.p.values()), rate)
        self.record = {"loss": [], "gradientNorm": [], "parameters": {name: [] for name in self.p}}
        self.rows = list(range(model.rows))

    def gradient(self, rows):
        self.optimizer.zero_grad()
        loss = self.model.loss(self.p, rows)
        loss.backward()
        return loss.item()

    def keep(self, full=True):
        """Records where the training stands; `full` also takes the loss and gradient over all rows."""
        if full:
            self.record["loss"].append(self.gradient(self.rows))
            self.record["gradientNorm"].append(math.hypot(*(value.grad.item() for value in self.p.values())))
        for name, value in self.p.items():
            self.record["parameters"][name].append(value.item())

    def is_finite(self):
        values = [self.record["loss"][-1]]
        for value in self.p.values():
            values += [value.item(), value.grad.item()]
        return all(map(math.isfinite, values))

    def set_rate(self, rate):
        for group in self.optimizer.param_groups:
            group["lr"] = rate


def trained(model, optimizer, nudge=1.0):
    """The record of a training; `nudge` multiplies the start."""
    training = Training(model, optimizer, model.rates[optimizer])
    with torch.no_grad():
        for value in training.p.values():
            value.mul_(nudge)
    training.keep()
    for _ in range(STEPS):
        training.optimizer.step()
        training.keep()
    return training.record


def assert_stable(record, nudged):
    """A training that makes much of a last bit is no reference: two right programs may part on it."""
    columns = [(record[name], nudged[name]) for name in ("loss", "gradientNorm")]
    columns += [(values, nudged["parameters"][name]) for name, values in record["parameters"].items()]
    for values, others in columns:
        scale = max(map(abs, values))
        assert all(abs(value - other) <= 2e-13 * scale for value, other in zip(values, others)), "choose another rate"


def full_batch_cases():
    for model in all_models():
        for optimizer in OPTIMIZERS:
            rate = model.rates[optimizer]
            record = trained(model, optimizer)
            assert_stable(record, trained(model, optimizer, 1 + 2**-52))
            cell = f"{model.lines}\noptimizer = {optimizer}\nlearning_rate = {rate}\nsteps = {STEPS}"
            yield {"name": f"{model.name}, {optimizer}", "cell": cell, **record}


def batches(rows, size, stream):
    """The batches of one epoch; `rows` stay shuffled for the next."""
    stream.shuffle(rows)
    return [rows[begin : begin + size] for begin in range(0, len(rows), size)]


def minibatch_case(name, model, optimizer, rate, size, epochs, seed, share=None):
    training = Training(model, optimizer, rate)
    rows, kept = split_rows(model.rows, share, seed) if share else (list(range(model.rows)), [])
    training.rows = list(rows)
    stream = Stream(seed, "shuffle")
    batch_loss, validation_loss = [], []
    training.keep()
    for _ in range(epochs):
        for batch in batches(rows, size, stream):
            batch_loss.append(training.gradient(batch))
            training.optimizer.step()
            training.keep(full=False)
        training.keep()
        for values in training.record["parameters"].values():
            values.pop()
        if kept:
            validation_loss.append(model.loss(training.p, kept).item())
    del training.record["gradientNorm"]
    cell = f"{model.lines}\noptimizer = {optimizer}\nlearning_rate = {rate}\nbatch_size = {size}\nepochs = {epochs}\nseed = {seed}"
    case = {"name": name, "cell": cell + (f"\nvalidation = {share}" if share else "")}
    return {**case, **training.record, "batchLoss": batch_loss, "validationLoss": validation_loss}


def scheduled_case(model):
    """A linear decay after a warm-up of ten steps."""
    training = Training(model, "sgd", 0.1)
    training.keep()
    for step in range(1, STEPS + 1):
        training.set_rate(0.2 * min(1, step / 10) * (1 - (step - 1) / STEPS))
        training.optimizer.step()
        training.keep()
    rate = "0.2 * min(1, step / 10) * (1 - (step - 1) / steps)"
    return {"name": "scheduled rate", "cell": f"{model.lines}\nlearning_rate = {rate}\nsteps = {STEPS}", **training.record}


def clipped_case(model):
    """PyTorch's clip_grad_norm_ before every step, with momentum; the cell spells both out."""
    training = Training(model, "momentum", 0.05)
    training.keep()
    for _ in range(STEPS):
        torch.nn.utils.clip_grad_norm_(list(training.p.values()), 50)
        training.optimizer.step()
        training.keep()
    cell = f"""{model.lines}
learning_rate = 0.05
steps = {STEPS}
for each step:
    gradient = gradient * min(1, 50 / (gradient_norm + 1e-6))
    velocity = 0.9 * velocity + gradient
    parameter = parameter - learning_rate * velocity"""
    return {"name": "clipped gradient, spelled out", "cell": cell, **training.record}


def drawn_case(model):
    """Starts that are drawn."""
    stream = Stream(11, "starts")
    training = Training(model, "sgd", 0.1)
    with torch.no_grad():
        training.p["w"].fill_(-5 + 10 * stream.uniform())
        training.p["b"].fill_(100 + 50 * stream.uniform())
    training.keep()
    for _ in range(STEPS):
        training.optimizer.step()
        training.keep()
    lines = model.lines.replace("w = 0, b = 0", "w = uniform(-5, 5), b = uniform(100, 150)")
    return {"name": "drawn starts", "cell": f"{lines}\nlearning_rate = 0.1\nsteps = {STEPS}\nseed = 11", **training.record}


class RawFeet:
    """The houses in raw square feet and dollars divided by 1000, in any precision."""

    start = {"w": 0, "b": 0}

    def __init__(self, dtype, divisor):
        data = houses(dtype)
        self.size, self.cost = data["sqft"] / divisor, data["price"] / 1000
        self.rows = len(self.size)

    def loss(self, p, rows):
        return torch.mean((p["w"] * self.size[rows] + p["b"] - self.cost[rows]) ** 2)


def overflow_cases():
    """The step at which training stops being finite, in both precisions, and the losses before it."""
    for precision, dtype in (("float32", torch.float32), ("float64", torch.float64)):
        for divisor, rate in ((1, 2e-4), (1, 1e-6), (1000, 0.25), (1000, 0.4)):
            training = Training(RawFeet(dtype, divisor), "sgd", rate, dtype)
            training.keep()
            step = 0
            while training.is_finite():
                training.optimizer.step()
                training.keep()
                step += 1
            lines = f'data = "houses.csv"\nsize = sqft / {divisor}\ncost = price / 1000\nparameters w = 0, b = 0'
            cell = f"{lines}\nloss = mean((w * size + b - cost)^2)\nlearning_rate = {rate}\nsteps = 5000\nprecision = {precision}"
            yield {"cell": cell, "precision": precision, "firstBadStep": step, "loss": training.record["loss"][:60]}


def all_cases():
    models = {model.name: model for model in all_models()}
    yield from full_batch_cases()
    yield minibatch_case("batches of 8", models["houses"], "sgd", 0.01, 8, 1, 0)
    yield minibatch_case("batches of 100 with a short last one, adam", models["houses"], "adam", 1, 100, 5, 3)
    yield minibatch_case("batches beside validation rows", models["logistic"], "momentum", 0.1, 32, 3, 4294967295, 0.2)
    yield scheduled_case(models["houses"])
    yield clipped_case(models["houses"])
    yield drawn_case(models["houses"])
