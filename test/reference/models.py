"""The models whose training is compared: each as the text of a cell and, a second time, in PyTorch."""

import csv
import math
from pathlib import Path

import torch
import torch.nn.functional as F

HOUSES = Path(__file__).resolve().parents[2] / "notebooks" / "houses.csv"


class Model:
    """`lines` are a cell without its settings; `start` the parameters; `loss(p, rows)` the loss over some rows."""

    def __init__(self, name, lines, start, loss, rates, rows=0):
        self.name = name
        self.lines = lines
        self.start = start
        self.loss = loss
        self.rates = rates
        self.rows = rows


def houses(dtype=torch.float64):
    with open(HOUSES, newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: torch.tensor([float(row[name]) for row in rows], dtype=dtype) for name in rows[0]}


def table(columns):
    inside = ",\n  ".join(f"{name}: [{', '.join(map(repr, values))}]" for name, values in columns.items())
    return f"data = table(\n  {inside},\n)"


def parameters(start):
    return "parameters " + ", ".join(f"{name} = {value!r}" for name, value in start.items())


def rates(sgd, momentum, nesterov, adagrad, rmsprop, adam):
    return dict(sgd=sgd, momentum=momentum, nesterov=nesterov, adagrad=adagrad, rmsprop=rmsprop, adam=adam)


HOUSE_LINES = """data = "houses.csv"
size = sqft / 1000
cost = price / 1000
parameters w = 0, b = 0
prediction = w * size + b
loss = {}"""


def house_model(name, loss_text, loss, model_rates):
    data = houses()
    size, cost = data["sqft"] / 1000, data["price"] / 1000

    def evaluate(p, rows):
        return loss(p["w"] * size[rows] + p["b"], cost[rows])

    return Model(name, HOUSE_LINES.format(loss_text), {"w": 0, "b": 0}, evaluate, model_rates, rows=len(size))


def standardised():
    data = houses()
    names = ["sqft", "beds", "baths"]
    z = {name: (data[name] - data[name].mean()) / data[name].std(unbiased=False) for name in names}
    cost = data["price"] / 1000

    def loss(p, rows):
        prediction = p["w1"] * z["sqft"][rows] + p["w2"] * z["beds"][rows] + p["w3"] * z["baths"][rows] + p["b"]
        return F.mse_loss(prediction, cost[rows])

    lines = """data = "houses.csv"
x1 = (sqft - mean(sqft)) / std(sqft)
x2 = (beds - mean(beds)) / std(beds)
x3 = (baths - mean(baths)) / std(baths)
parameters w1 = 0, w2 = 0
parameters w3 = 0, b = 200
prediction = w1 * x1 + w2 * x2 + w3 * x3 + b
loss = mse(prediction, price / 1000)"""
    start = {"w1": 0, "w2": 0, "w3": 0, "b": 200}
    return Model("features", lines, start, loss, rates(0.1, 0.02, 0.02, 5, 0.5, 1), rows=len(cost))


def logistic():
    data = houses()
    size, dear = data["sqft"] / 1000, (data["price"] > 220000).double()

    def loss(p, rows):
        return F.binary_cross_entropy(torch.sigmoid(p["w"] * (size[rows] - 1.5) + p["b"]), dear[rows])

    lines = """data = "houses.csv"
truth = price > 220_000
parameters w = 0, b = 0
prediction = sigmoid(w * (sqft / 1000 - 1.5) + b)
loss = binary_cross_entropy(prediction, truth)"""
    return Model("logistic", lines, {"w": 0, "b": 0}, loss, rates(1, 0.3, 0.3, 0.3, 0.02, 0.05), rows=len(size))


def decay():
    t = [round(0.25 * i, 2) for i in range(24)]
    y = [round(3 * math.exp(-0.6 * x) + 0.5 + 0.05 * math.sin(7 * x), 4) for x in t]
    time, value = torch.tensor(t, dtype=torch.float64), torch.tensor(y, dtype=torch.float64)

    def loss(p, rows):
        return torch.mean((p["a"] * torch.exp(-p["k"] * time[rows]) + p["c"] - value[rows]) ** 2)

    start = {"a": 1, "k": 0.3, "c": 0}
    lines = f"""{table({'t': t, 'y': y})}
{parameters(start)}
prediction = a * exp(-k * t) + c
loss = mean((prediction - y)^2)"""
    return Model("decay", lines, start, loss, rates(0.1, 0.02, 0.02, 0.2, 0.01, 0.05), rows=len(t))


def network():
    x = [round(-2 + 0.25 * i, 2) for i in range(17)]
    y = [round(math.sin(2 * v) * 0.8 + 0.1 * v, 4) for v in x]
    xs, ys = torch.tensor(x, dtype=torch.float64), torch.tensor(y, dtype=torch.float64)
    start = {"a1": 0.9, "a2": -0.7, "a3": 0.4, "c1": 0.1, "c2": 0.3, "c3": -0.2}
    start |= {"v1": 0.5, "v2": -0.6, "v3": 0.2, "d": 0}

    def loss(p, rows):
        hidden = [torch.tanh(p[f"a{i}"] * xs[rows] + p[f"c{i}"]) for i in (1, 2, 3)]
        prediction = sum(p[f"v{i}"] * h for i, h in zip((1, 2, 3), hidden)) + p["d"]
        return F.mse_loss(prediction, ys[rows])

    lines = f"""{table({'x': x, 'y': y})}
{parameters(start)}
h1 = tanh(a1 * x + c1)
h2 = tanh(a2 * x + c2)
h3 = tanh(a3 * x + c3)
prediction = v1 * h1 + v2 * h2 + v3 * h3 + d
loss = mse(prediction, y)"""
    return Model("network", lines, start, loss, rates(0.2, 0.05, 0.05, 0.05, 0.005, 0.02), rows=len(x))


def surface(name, text, start, loss, surface_rates):
    lines = f"{parameters(start)}\nloss = {text}"
    return Model(name, lines, start, lambda p, rows: loss(p["x"], p["y"]), surface_rates)


def all_models():
    return [
        house_model(
            "houses",
            "mean((prediction - cost)^2)",
            lambda prediction, truth: torch.mean((prediction - truth) ** 2),
            rates(0.1, 0.05, 0.05, 20, 1, 5),
        ),
        house_model(
            "houses, huber",
            "huber(prediction, cost, 60)",
            lambda prediction, truth: F.huber_loss(prediction, truth, delta=60),
            rates(0.1, 0.02, 0.02, 20, 1, 5),
        ),
        house_model(
            "houses, mae", "mae(prediction, cost)", F.l1_loss, rates(2, 0.3, 0.3, 20, 1, 5)
        ),
        standardised(),
        logistic(),
        decay(),
        network(),
        surface(
            "rosenbrock",
            "(1 - x)^2 + 100 * (y - x^2)^2",
            {"x": -1.2, "y": 1},
            lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
            rates(0.001, 0.0002, 0.0002, 0.3, 0.01, 0.05),
        ),
        surface(
            "beale",
            "(1.5 - x + x * y)^2 + (2.25 - x + x * y^2)^2 + (2.625 - x + x * y^3)^2",
            {"x": 1, "y": 0.5},
            lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
            rates(0.01, 0.003, 0.003, 0.3, 0.01, 0.05),
        ),
        surface(
            "himmelblau",
            "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
            {"x": 0.5, "y": -0.5},
            lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
            rates(0.01, 0.002, 0.002, 0.5, 0.02, 0.1),
        ),
    ]
