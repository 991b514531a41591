import {
  descendNow,
  landscape,
  prepare,
  RunMemory,
  type Program,
  type Table,
} from '../../../src/kernel/index.ts';
import { readExperiment } from '../../../src/language/index.ts';
import type { Contestant } from '../serve.ts';
import { gridSize, gridWindow, seed, type Kind, type Task } from '../tasks.ts';

const linear = `data = "data.csv"
parameters w = 0, b = 0
prediction = w * x + b
loss = mean((prediction - y)^2)`;

const models: Record<Kind, string> = {
  linear,
  batches: linear,
  landscape: linear,
  decay: `data = "data.csv"
parameters a = 1, k = 0.1
prediction = a * exp(-k * x)
loss = mean((prediction - y)^2)`,
  rosenbrock: `parameters x = -1.2, y = 1
loss = (1 - x)^2 + 100 * (y - x^2)^2`,
};

function cellOf({ kind, rate, batchSize }: Task, units: number): string {
  const { w, b } = gridWindow;
  if (kind === 'landscape') {
    return `${models[kind]}\nsteps = 0\nlandscape = [w: ${w.low}..${w.high}, b: ${b.low}..${b.high}]`;
  }
  const length =
    kind === 'batches' ? `batch_size = ${batchSize}\nepochs = ${units}\nseed = ${seed}` : `steps = ${units}`;
  return `${models[kind]}\nlearning_rate = ${rate}\n${length}`;
}

/** This project's kernel, from the text of a cell; a program is prepared once and runs again in the same memory. */
export const contestant: Contestant = (task, data) => {
  const columns = new Map([
    ['x', data.x],
    ['y', data.y],
  ]);
  const table: Table = { rows: task.rows, columns };
  const programs = new Map<number, Program>();
  const memory = new RunMemory();
  return (units) => {
    const program = programs.get(units) ?? programOf(cellOf(task, units), table);
    programs.set(units, program);
    if (task.kind === 'landscape') {
      return async () => {
        const { loss } = await landscape(program, { size: gridSize });
        return { units: gridSize, result: [loss[0], loss[gridSize - 1], loss[3 * gridSize + 57]] };
      };
    }
    return () => {
      const [run] = descendNow(program, memory);
      return { units, result: run ? [run.final.loss, ...Object.values(run.final.parameters)] : [] };
    };
  };
};

function programOf(cell: string, table: Table): Program {
  const { experiment } = readExperiment(cell);
  if (!experiment) throw new Error('The cell has errors.');
  return prepare(experiment, table.rows > 0 ? table : undefined);
}
