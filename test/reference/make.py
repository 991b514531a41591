"""Writes the reference values that the kernel is tested against. Needs Python 3.9 and PyTorch 1.13 or newer:

    python3 test/reference/make.py

Each file is a JSON array with one case a line. Numbers that are not finite are the strings "NaN", "Infinity" and
"-Infinity", which JSON itself cannot say.
"""

import json
import math
from pathlib import Path

from formulas import random_cases
from kinks import kink_cases
from trajectories import all_cases, overflow_cases

HERE = Path(__file__).resolve().parent


def sayable(value):
    if isinstance(value, dict):
        return {key: sayable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [sayable(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def write(name, cases):
    lines = [json.dumps(sayable(case), separators=(",", ":"), allow_nan=False) for case in cases]
    (HERE / name).write_text("[\n" + ",\n".join(lines) + "\n]\n")
    print(f"{name}: {len(lines)} cases")


if __name__ == "__main__":
    write("trajectories.json", all_cases())
    write("overflow.json", overflow_cases())
    write("gradients.json", random_cases())
    write("kinks.json", kink_cases())
