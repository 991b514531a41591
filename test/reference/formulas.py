"""Random formulas: each as text of the gd language and, from the same tree, evaluated by PyTorch."""

import math
import random

import torch
import torch.nn.functional as F

WANTED = 1000
PARAMETERS = ["a", "b", "c"]
COLUMNS = ["u", "v", "w"]
BINARY = ["sum", "sum", "sum", "product", "product", "product", "quotient", "power"]
ELEMENTWISE = ["abs", "exp", "log", "sqrt", "sin", "cos", "tan", "tanh", "sigmoid", "relu", "softplus"]
REDUCTIONS = ["mean", "sum", "std", "min", "max", "count"]
LOSSES = ["mse", "mae", "huber", "binary_cross_entropy"]
OPERATORS = ["<", "<=", ">", ">=", "==", "!="]


# How tightly a formula binds, loosest first.
COMPARISON, SUM, PRODUCT, UNARY, POWER, ATOM = range(6)


class Formula:
    """A formula as text, how tightly its outermost sign binds, and its value for given names."""

    def __init__(self, text, binds, value, vector):
        self.text = text
        self.binds = binds
        self.value = value
        self.vector = vector

    def within(self, least):
        return self.text if self.binds >= least else f"({self.text})"


def number(chance):
    value = chance.choice([0, 1, 2, 3, 0.5, 1.5, 0.1, 2.25, 10, round(chance.uniform(0, 4), 3)])
    tensor = torch.tensor(float(value), dtype=torch.float64)
    return Formula(repr(value), ATOM, lambda names: tensor, False)


def name(of, vector):
    return Formula(of, ATOM, lambda names: names[of], vector)


def call(function, arguments, value, vector):
    text = f"{function}({', '.join(argument.text for argument in arguments)})"
    return Formula(text, ATOM, lambda names: value(*(argument.value(names) for argument in arguments)), vector)


def reduce(function, values):
    """A reduction; of one number alone, `std` is 0 and `count` 1."""
    many = values.reshape(-1)
    if function == "count":
        return torch.tensor(float(len(many)), dtype=torch.float64)
    if function == "std":
        return many.std(unbiased=False) if len(many) > 1 else many[0] * 0
    return {"mean": torch.mean, "sum": torch.sum, "min": torch.min, "max": torch.max}[function](many)


ELEMENTWISE_VALUES = {
    "softplus": F.softplus,
    "relu": torch.relu,
    "sigmoid": torch.sigmoid,
    **{function: getattr(torch, function) for function in ("abs", "exp", "log", "sqrt", "sin", "cos", "tan", "tanh")},
}

LOSS_VALUES = {
    "mse": F.mse_loss,
    "mae": F.l1_loss,
    "huber": F.huber_loss,
    "binary_cross_entropy": F.binary_cross_entropy,
}

COMPARE = {
    "<": torch.lt,
    "<=": torch.le,
    ">": torch.gt,
    ">=": torch.ge,
    "==": torch.eq,
    "!=": torch.ne,
}


class Grower:
    """Grows formulas of a given depth; `definitions` are names given to some of their parts."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.definitions = []

    def grow(self, depth, vector):
        formula = self.grown(depth, vector)
        if depth >= 2 and self.chance.random() < 0.12 and formula.binds < ATOM:
            return self.named(formula)
        return formula

    def grown(self, depth, vector):
        if depth == 0 or self.chance.random() < 0.1:
            return self.leaf(vector)
        kind = self.chance.random()
        if kind < 0.5:
            return self.binary(depth, vector)
        if kind < 0.58:
            return self.negation(depth, vector)
        if kind < 0.85:
            return self.elementwise(depth, vector)
        if kind < 0.93 or vector:
            return self.choice(depth, vector)
        return self.one_number(depth)

    def leaf(self, vector):
        if vector and self.chance.random() < 0.6:
            return name(self.chance.choice(COLUMNS), True)
        if self.chance.random() < 0.75:
            return name(self.chance.choice(PARAMETERS), False)
        return number(self.chance)

    def named(self, formula):
        if self.definitions and self.chance.random() < 0.3:
            title, known = self.chance.choice(self.definitions)
            if known.vector == formula.vector:
                return Formula(title, ATOM, known.value, known.vector)
        title = f"part{len(self.definitions) + 1}"
        self.definitions.append((title, formula))
        return Formula(title, ATOM, formula.value, formula.vector)

    def either(self, vector):
        """Whether each of two operands is a vector, at least one if the result is."""
        if not vector:
            return False, False
        return self.chance.choice([(True, True), (True, False), (False, True)])

    def binary(self, depth, vector):
        kind = self.chance.choice(BINARY)
        if kind == "power":
            return self.power(depth, vector)
        left, right = (self.grow(depth - 1, which) for which in self.either(vector))
        many = left.vector or right.vector
        if kind == "sum":
            if self.chance.random() < 0.5:
                text = f"{left.within(SUM)} + {right.within(PRODUCT)}"
                return Formula(text, SUM, lambda names: left.value(names) + right.value(names), many)
            text = f"{left.within(SUM)} - {right.within(PRODUCT)}"
            return Formula(text, SUM, lambda names: left.value(names) - right.value(names), many)
        if kind == "product":
            text = f"{left.within(PRODUCT)} * {right.within(UNARY)}"
            return Formula(text, PRODUCT, lambda names: left.value(names) * right.value(names), many)
        text = f"{left.within(PRODUCT)} / {right.within(UNARY)}"
        return Formula(text, PRODUCT, lambda names: left.value(names) / right.value(names), many)

    def power(self, depth, vector):
        base = self.grow(depth - 1, vector)
        sign = self.chance.choice(["^", "^", "**"])
        exponent = self.chance.choice([2, 2, 3, 4, 0, 1, -1, -2, 0.5, 1.5, 7, None])
        if exponent is None:
            other = self.grow(depth - 1, self.chance.choice([vector, False]))
            text = f"{base.within(ATOM)}{sign}{other.within(UNARY)}"
            many = base.vector or other.vector
            return Formula(text, POWER, lambda names: base.value(names) ** other.value(names), many)
        text = f"{base.within(ATOM)}{sign}{exponent}"
        return Formula(text, POWER, lambda names: base.value(names) ** exponent, base.vector)

    def negation(self, depth, vector):
        operand = self.grow(depth - 1, vector)
        return Formula(f"-{operand.within(UNARY)}", UNARY, lambda names: -operand.value(names), operand.vector)

    def elementwise(self, depth, vector):
        function = self.chance.choice(ELEMENTWISE)
        operand = self.grow(depth - 1, vector)
        if function in ("log", "sqrt") and self.chance.random() < 0.7:
            operand = self.positive(operand)
        return call(function, [operand], ELEMENTWISE_VALUES[function], operand.vector)

    def positive(self, operand):
        text = f"abs({operand.text}) + 0.1"
        return Formula(text, SUM, lambda names: torch.abs(operand.value(names)) + 0.1, operand.vector)

    def choice(self, depth, vector):
        """`where`, `min` or `max` of two, or a comparison."""
        kind = self.chance.choice(["where", "min", "max", "comparison"])
        left, right = (self.grow(depth - 1, which) for which in self.either(vector))
        many = left.vector or right.vector
        if kind in ("min", "max"):
            pick = torch.minimum if kind == "min" else torch.maximum
            return call(kind, [left, right], lambda x, y: pick(*torch.broadcast_tensors(x, y)), many)
        condition = self.comparison(depth, vector)
        if kind == "comparison":
            return condition
        many = many or condition.vector
        return call("where", [condition, left, right], lambda c, x, y: torch.where(c != 0, x, y), many)

    def comparison(self, depth, vector):
        left, right = (self.grow(depth - 1, which) for which in self.either(vector))
        operator = self.chance.choice(OPERATORS)

        def value(names):
            return COMPARE[operator](left.value(names), right.value(names)).double()

        text = f"{left.within(SUM)} {operator} {right.within(SUM)}"
        return Formula(text, COMPARISON, value, left.vector or right.vector)

    def one_number(self, depth):
        """A reduction or a loss by name, of vectors."""
        if self.chance.random() < 0.6:
            function = self.chance.choice(REDUCTIONS)
            operand = self.grow(depth - 1, True)
            return call(function, [operand], lambda values: reduce(function, values), False)
        return self.loss(depth)

    def loss(self, depth):
        function = self.chance.choice(LOSSES)
        prediction, truth = self.grow(depth - 1, True), name(self.chance.choice(COLUMNS), True)
        if function == "huber" and self.chance.random() < 0.5:
            delta = self.chance.choice([0.5, 2])
            text = f"huber({prediction.text}, {truth.text}, {delta})"
            return Formula(
                text,
                ATOM,
                lambda names: F.huber_loss(*spread(prediction.value(names), truth.value(names)), delta=delta),
                False,
            )
        if function == "binary_cross_entropy":
            prediction = call("sigmoid", [prediction], torch.sigmoid, prediction.vector)
            truth = Formula(f"{truth.text} > 0.2", COMPARISON, lambda names, of=truth.text: (names[of] > 0.2).double(), True)
        return call(function, [prediction, truth], lambda x, y: LOSS_VALUES[function](*spread(x, y)), False)

    def experiment(self):
        """A loss that is one number: a reduction most of the time."""
        depth = self.chance.choice([3, 4, 4, 5])
        if self.chance.random() < 0.75:
            return self.one_number(depth)
        return self.grow(depth, False)


def spread(left, right):
    return torch.broadcast_tensors(left, right)


def evaluate(formula, point, columns, nudge=None):
    """Loss and gradient at a point; `nudge` multiplies every input by nearly 1, to see how sensitive both are."""

    def nudged(value):
        tensor = torch.tensor(value, dtype=torch.float64)
        return tensor if nudge is None else tensor * (1 + 1e-15 * torch.randn(tensor.shape, generator=nudge, dtype=torch.float64))

    names = {key: nudged(value).requires_grad_() for key, value in point.items()}
    names |= {key: nudged(values) for key, values in columns.items()}
    try:
        loss = formula.value(names)
    except RuntimeError:  # binary_cross_entropy refuses NaN
        return None
    if loss.dim() != 0 or not loss.requires_grad:
        return None
    gradient = torch.autograd.grad(loss, [names[key] for key in point], allow_unused=True)
    return loss.item(), [0.0 if part is None else part.item() for part in gradient]


def is_well_conditioned(formula, point, columns, found):
    """Rounding of the inputs must not change the result: else two right programs may disagree."""
    scale = max(abs(found[0]), *map(abs, found[1]))
    if not all(map(math.isfinite, (found[0], *found[1]))) or scale > 1e9 or scale < 1e-9:
        return False
    nudge = torch.Generator().manual_seed(1)
    for _ in range(3):
        other = evaluate(formula, point, columns, nudge)
        pairs = zip((found[0], *found[1]), (other[0], *other[1]))
        if not all(abs(x - y) <= 2e-12 * max(abs(x), 1e-3 * scale) for x, y in pairs):
            return False
    return True


def random_cases():
    """As many random formulas as wanted, each of which depends on a parameter."""
    chance = random.Random(20)
    seen = set()
    seed = 0
    while len(seen) < WANTED:
        seed += 1
        rows = chance.choice([3, 5, 8])
        columns = {column: [round(chance.uniform(-2, 3), 3) for _ in range(rows)] for column in COLUMNS}
        point = {parameter: round(chance.uniform(-2, 2), 3) for parameter in PARAMETERS}
        grower = Grower(seed)
        formula = grower.experiment()
        found = evaluate(formula, point, columns)
        if found is None or formula.text in seen:
            continue
        # Short formulas survive the other conditions more often: most of those that are kept use two parameters.
        if sum(part != 0 for part in found[1]) < (1 if seed % 8 == 0 else 2):
            continue
        if not is_well_conditioned(formula, point, columns, found):
            continue
        seen.add(formula.text)
        yield as_case(formula, grower.definitions, point, columns, found)


def as_case(formula, definitions, point, columns, found):
    inside = ", ".join(f"{column}: [{', '.join(map(repr, values))}]" for column, values in columns.items())
    lines = [f"data = table({inside})", "parameters " + ", ".join(f"{key} = 0" for key in point)]
    lines += [f"{title} = {part.text}" for title, part in definitions]
    lines += [f"loss = {formula.text}", "steps = 0"]
    return {"cell": "\n".join(lines), "at": point, "loss": found[0], "gradient": dict(zip(point, found[1]))}
