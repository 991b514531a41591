import assert from 'node:assert/strict';
import { descendNow, gradient, landscape, type Landscape, type Program } from '../../src/kernel/index.ts';
import { line, programOf } from './programs.ts';

/** The grid's losses beside the losses at its points, one by one. */
function assertIsLoss(program: Program, grid: Landscape, others: Record<string, number> = {}): void {
  const ys = grid.y === undefined ? [NaN] : [...grid.ys];
  assert.equal(grid.loss.length, grid.xs.length * ys.length);
  ys.forEach((y, row) => {
    grid.xs.forEach((x, column) => {
      const at = { ...others, [grid.x]: x, ...(grid.y === undefined ? {} : { [grid.y]: y }) };
      assert.equal(grid.loss[row * grid.xs.length + column], gradient(program, at).loss);
    });
  });
}

const rows = Float64Array.from({ length: 3000 }, (_, row) => Math.sin(row));
const wide = Array.from({ length: 40 }, (_, index) => `w${index}`);

describe('landscape', () => {
  const shapes: [what: string, program: () => Program][] = [
    ['one block of rows', () => programOf(`${line}\nsteps = 0`)],
    [
      'several blocks',
      () =>
        programOf('data = "d"\nparameters a = 1, b = 2\nloss = mean((a * x - b + 0)^2) + a^2\nsteps = 0', {
          x: rows,
        }),
    ],
    [
      'several passes',
      () =>
        programOf(
          'data = "d"\nparameters a = 1, b = 2\nloss = mean((a * x - mean(a * x + b))^2)\nsteps = 0',
          { x: rows },
        ),
    ],
    ['no data', () => programOf('parameters a = 1, b = 2\nloss = (1 - a)^2 + 100 * (b - a^2)^2\nsteps = 0')],
    [
      'a long loss',
      () =>
        programOf(
          `data = "d"\nparameters ${wide.map((name) => `${name} = 1`).join(', ')}\nloss = mean((${wide.map((name, k) => `${name} * sin(${k} * x)`).join(' + ')})^2)\nsteps = 0`,
          { x: rows.slice(0, 50) },
        ),
    ],
    ['float32', () => programOf(`${line}\nsteps = 0\nprecision = float32`)],
  ];
  for (const [what, make] of shapes) {
    it(`has the bits of the loss at every point: ${what}`, async () => {
      const program = make();
      const [first, second] = program.runs[0].parameters.map(({ name }) => name);
      const x = { parameter: first ?? '', low: -1.5, high: 2 };
      assertIsLoss(
        program,
        await landscape(program, { x, y: { parameter: second ?? '', low: 0, high: 3 }, size: 7 }),
      );
      assertIsLoss(program, await landscape(program, { x, size: 6 }));
    });
  }

  it('goes from the low to the high end of each axis', async () => {
    const grid = await landscape(programOf(`${line}\nsteps = 0`), {
      x: { parameter: 'b', low: -1, high: 1 },
      y: { parameter: 'w', low: 10, high: 20 },
      size: 5,
    });
    assert.deepEqual([grid.x, grid.y], ['b', 'w']);
    assert.deepEqual([...grid.xs], [-1, -0.5, 0, 0.5, 1]);
    assert.deepEqual([...grid.ys], [10, 12.5, 15, 17.5, 20]);
  });

  it('shows what the cell asks for, else the first two parameters, else the one there is', async () => {
    const asked = await landscape(programOf(`${line}\nsteps = 0\nlandscape = [b: -100..150, w]`), {
      size: 3,
    });
    assert.deepEqual([asked.x, asked.y, ...asked.xs], ['b', 'w', -100, 25, 150]);
    const cell = 'parameters a = 1, b = 2, c = 3\nloss = a^2 + b^2 + c^2\nsteps = 0';
    const first = await landscape(programOf(cell), { size: 3 });
    assert.deepEqual([first.x, first.y], ['a', 'b']);
    const single = await landscape(programOf('parameters a = 1\nloss = a^2\nsteps = 0'), { size: 3 });
    assert.deepEqual([single.x, single.y, single.ys.length, single.loss.length], ['a', undefined, 0, 3]);
  });

  it('shows the parameter upwards that is asked for beside the usual one across, or beside the one after it', async () => {
    const cell = 'parameters a = 1, b = 2, c = 3\nloss = a^2 + b^2 + c^2\nsteps = 0';
    for (const [text, y, expected] of [
      [cell, 'c', ['a', 'c']],
      [cell, 'a', ['b', 'a']],
      [`${cell}\nlandscape = [c: 5..6, b]`, 'a', ['c', 'a']],
      [`${cell}\nlandscape = [c: 5..6, b]`, 'c', ['b', 'c']],
      [`${cell}\nlandscape = [c]`, 'c', ['a', 'c']],
      ['parameters a = 1\nloss = a^2\nsteps = 0', 'a', ['a', undefined]],
    ] as const) {
      const grid = await landscape(programOf(text), { y, size: 3 });
      assert.deepEqual([grid.x, grid.y], expected, `${text}, ${y} upwards`);
    }
    const bounded = await landscape(programOf(`${cell}\nlandscape = [c: 5..6, b]`), {
      y: { parameter: 'a', low: 1, high: 3 },
      size: 3,
    });
    assert.deepEqual([...bounded.xs, ...bounded.ys], [5, 5.5, 6, 1, 2, 3]);
  });

  it('keeps the other parameters where they are told to be, else where the run ends, else at the start', async () => {
    const program = programOf(
      'parameters a = 1, b = 2, c = 3\nloss = a^2 + b^2 + c^2\nlearning_rate = 0.1\nsteps = 5',
    );
    const x = { parameter: 'a', low: 0, high: 1 };
    const runs = descendNow(program);
    assertIsLoss(program, await landscape(program, { x, size: 3 }));
    assertIsLoss(program, await landscape(program, { x, size: 3, runs }), { ...runs[0]?.final.parameters });
    assertIsLoss(program, await landscape(program, { x, size: 3, runs, at: { c: 7 } }), {
      ...runs[0]?.final.parameters,
      c: 7,
    });
  });

  it('has a window that shows start, path and minimum, and knows the minimum', async () => {
    const program = programOf(`${line}\nlearning_rate = 0.1\nsteps = 60`);
    for (const runs of [descendNow(program), undefined]) {
      const grid = await landscape(program, { size: 3, ...(runs ? { runs } : {}) });
      const [run] = descendNow(program);
      for (const [name, values] of [
        ['w', grid.xs],
        ['b', grid.ys],
      ] as const) {
        const path = run?.parameters[name] ?? [];
        for (const value of [...path, grid.minimum?.[name] ?? NaN]) {
          assert.ok(value > (values[0] ?? NaN) && value < (values.at(-1) ?? NaN));
        }
      }
      assert.ok(Math.abs((grid.minimum?.['w'] ?? NaN) - 138.5464523) < 1e-6);
    }
  });

  it('has a window around 0 where the start is not finite and there is no minimum', async () => {
    for (const start of ['log(0)', '-log(0)', 'log(-1)']) {
      const program = programOf(
        `parameters w = ${start}, b = 3\nloss = (w - b)^2\nlearning_rate = 0.1\nsteps = 5`,
      );
      for (const runs of [descendNow(program), undefined]) {
        const { xs, ys } = await landscape(program, { size: 3, ...(runs ? { runs } : {}) });
        assert.ok(
          xs.every(Number.isFinite) && (xs[0] ?? NaN) < 0 && (xs[2] ?? NaN) > 0,
          `${start}: ${xs.join()}`,
        );
        assert.ok((ys[0] ?? NaN) < 3 && (ys[2] ?? NaN) > 3);
      }
    }
  });

  it('is not led away by a path that explodes', async () => {
    const program = programOf(`${line}\nlearning_rate = 0.25\nsteps = 200`);
    const { xs } = await landscape(program, { runs: descendNow(program), size: 3 });
    assert.ok((xs.at(-1) ?? NaN) - (xs[0] ?? NaN) < 1000);
  });

  const minima: [loss: string, start: string, minimum: [number, number] | undefined][] = [
    ['(1 - a)^2 + 100 * (b - a^2)^2', 'a = -1.2, b = 1', [1, 1]],
    ['(a^2 + b - 11)^2 + (a + b^2 - 7)^2', 'a = 2, b = 1', [3, 2]],
    ['a^2 - b^2', 'a = 0, b = 1', undefined],
    ['exp(-a) + b^2', 'a = 0, b = 1', undefined],
    ['abs(a) + abs(b)', 'a = 1, b = 1', undefined],
    ['1e100 * (exp(-1e-160 * a) + exp(-1e-160 * b))', 'a = 0, b = 0', undefined],
    ['1e-100 * (exp(-1e165 * a) + exp(-1e165 * b))', 'a = 0, b = 0', undefined],
  ];
  for (const [loss, start, minimum] of minima) {
    it(`finds the minimum where there is one: ${loss}`, async () => {
      const found = await landscape(programOf(`parameters ${start}\nloss = ${loss}\nsteps = 0`), { size: 3 });
      if (minimum === undefined) {
        assert.equal(found.minimum, undefined);
      } else {
        assert.ok(Math.abs((found.minimum?.['a'] ?? NaN) - minimum[0]) < 1e-6);
        assert.ok(Math.abs((found.minimum?.['b'] ?? NaN) - minimum[1]) < 1e-6);
      }
    });
  }

  it('has the loss of the run of a sweep that is asked for', async () => {
    const program = programOf('parameters a = 1\nloss = [a^2, abs(a)]\nsteps = 0');
    const x = { parameter: 'a', low: -2, high: 2 };
    assert.deepEqual([...(await landscape(program, { x, size: 5, run: 0 })).loss], [4, 1, 0, 1, 4]);
    assert.deepEqual([...(await landscape(program, { x, size: 5, run: 1 })).loss], [2, 1, 0, 1, 2]);
  });

  it('ends with the reason of its signal, and refuses what is no parameter', async () => {
    const program = programOf(`${line}\nsteps = 0`);
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(landscape(program, { signal }), /enough/);
    await assert.rejects(landscape(program, { x: 'size' }), RangeError);
  });
});
