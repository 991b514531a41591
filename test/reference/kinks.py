"""Gradients where a derivative has a jump, a clamp or a special case: what PyTorch takes there."""

import torch
import torch.nn.functional as F

COLUMNS = {"x": [-1.0, 0.0, 1.0, 2.0, 2.0], "y": [0.0, 1.0, 1.0, 0.0, 1.0]}


def kinks():
    """Formula, its value in PyTorch for parameters a, b and columns x, y, and the points (a, b)."""
    around = [(0.0, 1.0), (1.0, 1.0), (-1.0, 1.0), (0.0, 0.0), (2.0, -1.0)]

    def bce(probability, truth):
        return F.binary_cross_entropy(*torch.broadcast_tensors(probability, truth))

    return [
        ("abs(a) + b", lambda a, b, x, y: a.abs() + b, around),
        ("mean(abs(a * x - b))", lambda a, b, x, y: (a * x - b).abs().mean(), around),
        ("relu(a) + b", lambda a, b, x, y: torch.relu(a) + b, around),
        ("sum(relu(a * x))", lambda a, b, x, y: torch.relu(a * x).sum(), around),
        ("max(a, b)", lambda a, b, x, y: torch.maximum(a, b), around),
        ("min(a, b)", lambda a, b, x, y: torch.minimum(a, b), around),
        ("max(a, a)", lambda a, b, x, y: torch.maximum(a, a), around),
        ("max(3 * a, a)", lambda a, b, x, y: torch.maximum(3 * a, a), around),
        ("sum(max(a * x, b))", lambda a, b, x, y: torch.maximum(a * x, b.expand(5)).sum(), around),
        ("sum(min(a * x, x))", lambda a, b, x, y: torch.minimum(a * x, x).sum(), around),
        ("max(a, b, 0)", lambda a, b, x, y: torch.amax(torch.stack([a, b, a * 0]), 0), [(1.0, 1.0), (2.0, 1.0)]),
        ("min(a, 2 * a, b)", lambda a, b, x, y: torch.amin(torch.stack([a, 2 * a, b]), 0), around),
        ("max(a * x)", lambda a, b, x, y: (a * x).max(), around),
        ("min(a * x + b)", lambda a, b, x, y: (a * x + b).min(), around),
        ("max((a * x)^2)", lambda a, b, x, y: ((a * x) ** 2).max(), around),
        ("mae(a * x, y)", lambda a, b, x, y: F.l1_loss(a * x, y), around),
        ("huber(a * x, y)", lambda a, b, x, y: F.huber_loss(a * x, y), around),
        ("huber(a * x + b, y, 2)", lambda a, b, x, y: F.huber_loss(a * x + b, y, delta=2), around),
        ("huber(a * x, y, 0.5)", lambda a, b, x, y: F.huber_loss(a * x, y, delta=0.5), around),
        ("where(a > 0, a^2, b)", lambda a, b, x, y: torch.where(a > 0, a**2, b), around),
        ("where(a >= b, 3 * a, b)", lambda a, b, x, y: torch.where(a >= b, 3 * a, b), around),
        ("sum(where(x == 0, a, b * x))", lambda a, b, x, y: torch.where(x == 0, a, b * x).sum(), around),
        ("(a < b) * a + (a == b) * b", lambda a, b, x, y: (a < b) * a + (a == b) * b, around),
        ("sum((a * x > b) * a)", lambda a, b, x, y: ((a * x > b) * a).sum(), around),
        ("binary_cross_entropy(a, y)", lambda a, b, x, y: bce(a, y), [(0.0, 0.0), (1.0, 0.0), (1e-20, 0.0), (0.3, 0.0)]),
        ("binary_cross_entropy(sigmoid(a * x), y)", lambda a, b, x, y: bce(torch.sigmoid(a * x), y), [(1000.0, 0.0), (-1000.0, 0.0), (40.0, 0.0), (-30.0, 0.0), (0.0, 0.0)]),
        ("binary_cross_entropy(sigmoid(a * x), sigmoid(x))", lambda a, b, x, y: bce(torch.sigmoid(a * x), torch.sigmoid(x)), [(1.0, 0.0), (700.0, 0.0)]),
        ("softplus(a)", lambda a, b, x, y: F.softplus(a), [(20.0, 0.0), (20.000001, 0.0), (19.99, 0.0), (800.0, 0.0), (-800.0, 0.0)]),
        ("sigmoid(a) + tanh(b)", lambda a, b, x, y: torch.sigmoid(a) + torch.tanh(b), [(800.0, 400.0), (-800.0, -400.0), (-40.0, 20.0)]),
        ("a^0 + b", lambda a, b, x, y: a**0 + b, around),
        ("a^1 + b", lambda a, b, x, y: a**1 + b, around),
        ("a^2 + b^3", lambda a, b, x, y: a**2 + b**3, around),
        ("a^b", lambda a, b, x, y: a**b, [(0.0, 2.0), (0.0, 0.0), (0.0, 1.0), (2.0, 0.0), (1.0, 3.0)]),
        ("sum(x^2 * a) + (a - a)^2", lambda a, b, x, y: (x**2 * a).sum() + (a - a) ** 2, around),
        ("a^1.5", lambda a, b, x, y: a**1.5, [(0.0, 0.0), (4.0, 0.0)]),
        ("sqrt(a)", lambda a, b, x, y: torch.sqrt(a), [(0.0, 0.0), (4.0, 0.0)]),
        ("exp(a)", lambda a, b, x, y: torch.exp(a), [(709.0, 0.0), (-745.0, 0.0), (-800.0, 0.0)]),
        ("std(a * x)", lambda a, b, x, y: (a * x).std(unbiased=False), [(1.0, 0.0), (-2.0, 0.0)]),
        ("mean((a * x - b)^2) / max(a, 1)", lambda a, b, x, y: ((a * x - b) ** 2).mean() / torch.maximum(a, a * 0 + 1), around),
    ]


def kink_cases():
    columns = {name: torch.tensor(values, dtype=torch.float64) for name, values in COLUMNS.items()}
    inside = ", ".join(f"{name}: [{', '.join(f'{value:g}' for value in values)}]" for name, values in COLUMNS.items())
    for text, value, points in kinks():
        for point in points:
            a, b = (torch.tensor(number, dtype=torch.float64, requires_grad=True) for number in point)
            loss = value(a, b, **columns)
            gradient = torch.autograd.grad(loss, [a, b], allow_unused=True)
            yield {
                "cell": f"data = table({inside})\nparameters a = 0, b = 0\nloss = {text}\nsteps = 0",
                "at": dict(zip("ab", point)),
                "loss": loss.item(),
                "gradient": {name: 0.0 if part is None else part.item() for name, part in zip("ab", gradient)},
            }
