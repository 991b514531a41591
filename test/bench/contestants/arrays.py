"""The tasks in NumPy, with gradients by hand, or in PyTorch, with its own; both in float64, a row of arrays at a time.

Arguments: numpy or torch, folder, kind, rows, batch size, rate. Each line of input is a number of units; the answer
is a line with the seconds they took, the units, and the result.
"""

import sys
import time
from pathlib import Path

import numpy as np

library, folder, kind, rows, batch, rate = sys.argv[1:7]
rows, batch, rate = int(rows), int(batch), float(rate)
x = np.fromfile(Path(folder) / "x.f64")
y = np.fromfile(Path(folder) / "y.f64")
order = np.fromfile(Path(folder) / "order.i32", dtype=np.int32).reshape(-1, max(rows, 1)).astype(np.int64)
GRID = 200


def steps_of_epoch():
    steps = -(-rows // batch)
    return steps, -(-steps // 10)


def numpy_solutions():
    def mean_square(w, b):
        error = w * x + b - y
        return error.dot(error) / rows

    def descend(first, second, evaluate, units):
        a, b, history = first, second, []
        for _ in range(units):
            loss, slope_a, slope_b = evaluate(a, b)
            history.append((loss, a, b))
            a -= rate * slope_a
            b -= rate * slope_b
        return evaluate(a, b)[0], a, b

    def linear_at(w, b, x=x, y=y):
        error = w * x + b - y
        return error.dot(error) / len(x), 2 * error.dot(x) / len(x), 2 * error.sum() / len(x)

    def decay_at(a, k):
        fall = np.exp(-k * x)
        error = a * fall - y
        product = error * fall
        return error.dot(error) / rows, 2 * product.sum() / rows, -2 * a * product.dot(x) / rows

    def rosenbrock_at(p, q):
        left, rise = 1 - p, q - p * p
        return left * left + 100 * rise * rise, -2 * left - 400 * p * rise, 200 * rise

    def batches(units):
        steps, cadence = steps_of_epoch()
        w = b = 0.0
        loss, history = mean_square(w, b), []
        for epoch in range(units):
            chosen = order[epoch % len(order)]
            for step in range(1, steps + 1):
                at = chosen[(step - 1) * batch : step * batch]
                batch_loss, slope_w, slope_b = linear_at(w, b, x[at], y[at])
                history.append((batch_loss, w, b))
                w -= rate * slope_w
                b -= rate * slope_b
                if step % cadence == 0 or step == steps:
                    loss = mean_square(w, b)
        return loss, w, b

    def landscape(units):
        loss = np.empty((units, GRID))
        w = np.linspace(-1, 7, GRID)[:, None]
        for row in range(units):
            error = w * x + (-3 + 8 * row / (GRID - 1)) - y
            loss[row] = np.einsum("ij,ij->i", error, error) / rows
        return loss[0, 0], loss[0, -1], loss[3, 57]

    return {
        "linear": lambda units: descend(0.0, 0.0, linear_at, units),
        "batches": batches,
        "landscape": landscape,
        "decay": lambda units: descend(1.0, 0.1, decay_at, units),
        "rosenbrock": lambda units: descend(-1.2, 1.0, rosenbrock_at, units),
    }


def torch_solutions():
    import torch

    tensor_x, tensor_y, tensor_order = torch.from_numpy(x), torch.from_numpy(y), torch.from_numpy(order)

    def variables(*values):
        return [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in values]

    def descend(start, loss_at, units):
        a, b = variables(*start)
        optimizer = torch.optim.SGD([a, b], lr=rate)
        history = []
        for _ in range(units):
            optimizer.zero_grad()
            loss = loss_at(a, b)
            loss.backward()
            history.append(loss.item())
            optimizer.step()
        with torch.no_grad():
            return loss_at(a, b).item(), a.item(), b.item()

    def mean_square(w, b, x=tensor_x, y=tensor_y):
        return torch.mean((w * x + b - y) ** 2)

    def batches(units):
        steps, cadence = steps_of_epoch()
        w, b = variables(0.0, 0.0)
        optimizer = torch.optim.SGD([w, b], lr=rate)
        history = []
        for epoch in range(units):
            chosen = tensor_order[epoch % len(order)]
            for step in range(1, steps + 1):
                at = chosen[(step - 1) * batch : step * batch]
                optimizer.zero_grad()
                loss = mean_square(w, b, tensor_x[at], tensor_y[at])
                loss.backward()
                history.append(loss.item())
                optimizer.step()
                if step % cadence == 0 or step == steps:
                    with torch.no_grad():
                        full = mean_square(w, b).item()
        return full, w.item(), b.item()

    def landscape(units):
        loss = torch.empty((units, GRID), dtype=torch.float64)
        w = torch.linspace(-1, 7, GRID, dtype=torch.float64)[:, None]
        for row in range(units):
            loss[row] = torch.mean((w * tensor_x + (-3 + 8 * row / (GRID - 1)) - tensor_y) ** 2, 1)
        return loss[0, 0].item(), loss[0, -1].item(), loss[3, 57].item()

    return {
        "linear": lambda units: descend((0.0, 0.0), mean_square, units),
        "batches": batches,
        "landscape": landscape,
        "decay": lambda units: descend(
            (1.0, 0.1), lambda a, k: torch.mean((a * torch.exp(-k * tensor_x) - tensor_y) ** 2), units
        ),
        "rosenbrock": lambda units: descend((-1.2, 1.0), lambda p, q: (1 - p) ** 2 + 100 * (q - p**2) ** 2, units),
    }


solve = (numpy_solutions() if library == "numpy" else torch_solutions())[kind]
for line in sys.stdin:
    units = int(line)
    began = time.perf_counter()
    result = solve(units)
    seconds = time.perf_counter() - began
    print(seconds, units, *(repr(float(number)) for number in result), flush=True)
