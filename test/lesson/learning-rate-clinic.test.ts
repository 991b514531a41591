import assert from 'node:assert/strict';

import { descendNow, diagnose, type Cause, type Condition, type Run } from '../../src/kernel/index.ts';
import {
  brokeAt,
  cellUnder,
  curvatureOf,
  describeNumbers,
  edited,
  final,
  given,
  growth,
  lossAt,
  parameter,
  passes,
  runAt,
  sectionCalled,
  type Claim,
  type Edit,
} from './claims.ts';
import { prepareCell, readNotebook, runCell } from './sections.ts';

const clinic = 'learning-rate-clinic.gdnb';

/** What ails each patient, by its heading, in the order of the waiting room. */
const patients: Readonly<Record<string, readonly [condition: Condition, cause?: Cause]>> = {
  'On the table: coffee and pulse': ['exploding', 'learning-rate'],
  Crickets: ['not-finite', 'learning-rate'],
  'A cup that cools': ['crawling', 'learning-rate'],
  'Four walks': ['exploding', 'direction'],
  'The taxi': ['not-finite', 'data'],
  'Houses in square feet': ['crawling', 'feature-scale'],
  'Seeds in a tray': ['not-finite', 'domain'],
  'A spoonful of sugar': ['plateau'],
  'Eight at a time': ['noisy', 'learning-rate'],
  'Made faster': ['exploding', 'momentum'],
  'Six dice': ['overfitting'],
};

/** The cell under a heading, run after the edits. */
function treated(heading: string, ...edits: readonly Edit[]): Run[] {
  return runCell(edited(cellUnder(clinic, heading), ...edits));
}

/** The answers under a heading: each `diff` fence is one. */
function answersUnder(heading: string): string[] {
  const { prose } = sectionCalled(clinic, heading);
  return [...prose.matchAll(/^```diff\n([^]*?)^```$/gm)].map(([, diff = '']) => diff);
}

/** A cell after an answer: its lines follow each other in the cell, with lines of the cell between them. */
function cured(source: string, diff: string): string {
  const rest = source.split('\n');
  const result: string[] = [];
  for (const line of diff.trimEnd().split('\n')) {
    const text = line.slice(1);
    if (line.startsWith('+')) {
      result.push(text);
      continue;
    }
    const at = rest.indexOf(text);
    assert.ok(at >= 0, `the cell has the line ${text}`);
    result.push(...rest.splice(0, at + 1).slice(0, line.startsWith('-') ? at : at + 1));
  }
  return [...result, ...rest].join('\n');
}

/** The edit of an answer, for claims about the cure. */
function cure(heading: string, index = 0): Edit {
  const source = cellUnder(clinic, heading);
  return [source, cured(source, answersUnder(heading)[index] ?? '')];
}

/** Of the seeds 0 to 199, how many pass with a learning rate. */
function seedsThatPass(rate: string): number {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed);
  return seeds.filter((seed) =>
    passes(
      treated(
        'Eight at a time',
        ['seed = [0, 1, 2, 3, 4]', `seed = ${seed}`],
        ['learning_rate = 0.05', `learning_rate = ${rate}`],
      ),
    ),
  ).length;
}

/** The rate itself where the cup cools as the prose says, to be green or red. */
const cupPasses = (rate: string, green: boolean) => () =>
  passes(treated('A cup that cools', ['1e-6', rate])) === green ? Number(rate) : NaN;

const limitOf = (heading: string, edit?: Edit) => async () =>
  (await curvatureOf(edited(cellUnder(clinic, heading), ...(edit ? [edit] : [])))).stableBelow ?? NaN;

const longInThousands = treated(
  'Houses in square feet',
  ['w * sqft', 'w * sqft / 1000'],
  ['2e-7', '0.2'],
  ['steps = 60', 'steps = 1000'],
);

const validation =
  (pick: (...values: number[]) => number) =>
  (runs: readonly Run[]): number =>
    pick(...runs.map((run) => run.final.validationLoss ?? NaN));

/** After how many steps the validation loss of each run is lowest. */
const bestSteps =
  (pick: (...values: number[]) => number) =>
  (runs: readonly Run[]): number =>
    pick(
      ...runs.map((run) => {
        const losses = [...(run.validationLoss ?? [])];
        return losses.indexOf(Math.min(...losses));
      }),
    );

const claims: Readonly<Record<string, readonly Claim[]>> = {
  'On the table: coffee and pulse': [
    ['142', lossAt(0)],
    ['29,168', final()],
    ['1.09', growth],
    ['0.2542', limitOf('On the table: coffee and pulse')],
    ['1.023', async () => 0.26 / (await limitOf('On the table: coffee and pulse')())],
    ['1.52', final(), cure('On the table: coffee and pulse')],
  ],
  Crickets: [
    ['10', brokeAt()],
    ['3,500', (runs) => 100 * Math.round(lossAt(5)(runs) / lossAt(4)(runs) / 100)],
    ['86', () => brokeAt()(treated('Crickets', ['float32', 'float64'], ['steps = 60', 'steps = 100']))],
    ['3.4e38', () => 2 ** 128],
    ['0.9911', limitOf('Crickets')],
    ['30', async () => Math.floor(30 / (await limitOf('Crickets')()))],
  ],
  'A cup that cools': [
    ['916', lossAt(0)],
    ['222', final()],
    ['0.68', final(), cure('A cup that cools')],
    ['2e-5', cupPasses('2e-5', true)],
    ['1e-5', cupPasses('1e-5', false)],
    ['8e-4', cupPasses('8e-4', true)],
    ['9e-4', cupPasses('9e-4', false)],
    ['634', final(), ['1e-6', '1e-3']],
    ['1e-3', given(1e-3)],
    ['1,000', () => (passes(treated('A cup that cools', ['steps = 60', 'steps = 1000'])) ? 1000 : NaN)],
  ],
  'Four walks': [
    ['37.75', lossAt(0), ['0.05', '1e-4']],
    ['46.08', final(), ['0.05', '1e-4']],
    ['1e-4', given(1e-4)],
  ],
  'The taxi': [
    ['95', brokeAt()],
    ['0.00186', limitOf('The taxi')],
    ['0.08', final(), cure('The taxi')],
  ],
  'Houses in square feet': [
    ['7,092', final()],
    ['7,062', () => final()(longInThousands)],
    ['14', () => parameter('b')(longInThousands)],
    ['0.0001', parameter('b')],
    ['21', async () => (await curvatureOf(cellUnder(clinic, 'Houses in square feet'))).condition / 1e6],
    ['7,091.8', final(), ['steps = 60', 'steps = 100000']],
    ['100,000', given(100_000)],
  ],
  'Seeds in a tray': [
    ['0', brokeAt(), ['learning_rate = 0.5', 'learning_rate = 10']],
    ['0', brokeAt(), ['learning_rate = 0.5', 'learning_rate = 1e-12']],
  ],
  'A spoonful of sugar': [
    ['3.05', lossAt(0)],
    ['3.05', final()],
    ['0.001', final(), cure('A spoonful of sugar')],
    ['-1', given(-1)],
  ],
  'Eight at a time': [
    ['7,401', (runs) => Math.max(...runs.map((run) => run.final.loss))],
    ['15', () => seedsThatPass('0.05')],
    ['199', () => seedsThatPass('0.05 * (1 - (step - 1) / steps)')],
    ['200', given(200)],
  ],
  'Made faster': [
    ['0.9', given(0.9)],
    ['0.2366', limitOf('Made faster', ['optimizer = nesterov', 'optimizer = sgd'])],
    ['0.1606', limitOf('Made faster')],
    ['7,062.0', final(), cure('Made faster')],
  ],
  'Six dice': [
    ['12', given(12)],
    ['4', () => Math.round(0.33 * 12)],
    ['5', (runs) => Math.ceil(Math.max(...runs.map((run) => run.final.loss)))],
    ['27', bestSteps(Math.min)],
    ['57', bestSteps(Math.max)],
    ['331', validation(Math.min)],
    ['1,766', validation(Math.max)],
    ['13', validation(Math.min), cure('Six dice')],
    ['69', validation(Math.max), cure('Six dice')],
    ['40', () => (passes(treated('Six dice', ['steps = 1000', 'steps = 40'])) ? 40 : NaN)],
  ],
};

describe('the numbers of the clinic', () => {
  describeNumbers(clinic, claims);
});

describe('the patients of the clinic', () => {
  it('are the cells, in their order', () => {
    const headings = readNotebook(clinic)
      .filter(({ cells }) => cells.length > 0)
      .map(({ heading, cells }) => (cells.length === 1 ? heading : `${heading}, ${cells.length} cells`));
    assert.deepEqual(headings, Object.keys(patients));
  });

  for (const [heading, [condition, cause]] of Object.entries(patients)) {
    it(`are diagnosed rightly: ${heading}`, async () => {
      const source = cellUnder(clinic, heading);
      const program = prepareCell(source);
      for (const run of descendNow(program)) {
        const found = await diagnose(run, program, { source });
        assert.deepEqual([found.condition, found.cause], [condition, cause], run.label);
        assert.ok(found.fixes.length > 0, 'a cure is offered');
      }
    });

    it(`are sick as they stand, and cured by each answer: ${heading}`, () => {
      const source = cellUnder(clinic, heading);
      const checks = runCell(source).flatMap((run) => run.checks);
      assert.ok(checks.length > 0);
      assert.ok(
        checks.every((check) => !check.passed),
        'every check is red',
      );
      const answers = answersUnder(heading);
      assert.ok(answers.length > 0);
      for (const answer of answers) assert.ok(passes(runCell(cured(source, answer))), answer);
    });
  }

  it('are cured by a fix that is offered, where it can be one click', async () => {
    for (const heading of Object.keys(patients)) {
      const source = cellUnder(clinic, heading);
      const program = prepareCell(source);
      const run = runAt(descendNow(program), 0);
      const { cause, fixes } = await diagnose(run, program, { source });
      // A bad row is for a person to mend.
      if (cause === 'data') continue;
      const isCured = fixes.some(({ edits = [] }) => {
        const text = [...edits]
          .sort((a, b) => b.start - a.start)
          .reduce(
            (before, { start, end, text: by }) => before.slice(0, start) + by + before.slice(end),
            source,
          );
        return text !== source && passes(runCell(text));
      });
      assert.ok(isCured, heading);
    }
  });
});
