import assert from 'node:assert/strict';

import fc from 'fast-check';

import { CellQueue, type Work } from '../../src/editor/queue.ts';

/** Work that writes down what happens, and whose runs end when the test says so. */
class Bench implements Work<string, string> {
  readonly log: string[] = [];
  readonly #ends = new Map<string, (succeeded: boolean) => void>();
  refused = '';

  announce(cell: string): string | undefined {
    if (this.refused.includes(cell)) return undefined;
    this.log.push(`+${cell}`);
    return cell;
  }

  run(turn: string, signal: AbortSignal): Promise<boolean> {
    this.log.push(`>${turn}`);
    return new Promise((resolve) => {
      this.#ends.set(turn, (succeeded) => {
        this.log.push(`<${turn}`);
        resolve(succeeded);
      });
      signal.addEventListener('abort', () => {
        this.log.push(`!${turn}`);
        this.#ends.get(turn)?.(false);
      });
    });
  }

  withdraw(turn: string): void {
    this.log.push(`-${turn}`);
  }

  async end(turn: string, succeeded = true): Promise<void> {
    this.#ends.get(turn)?.(succeeded);
    await settle();
  }

  /** What happened since the last time. */
  read(): string {
    return this.log.splice(0).join(' ');
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('the queue of a notebook', () => {
  let bench: Bench;
  let queue: CellQueue<string, string>;

  beforeEach(() => {
    bench = new Bench();
    queue = new CellQueue(bench);
  });

  it('announces all cells at once and runs them in order, one at a time', async () => {
    let drained = false;
    void queue.add('abc').then(() => (drained = true));
    assert.equal(bench.read(), '+a +b +c >a');
    await bench.end('a');
    assert.equal(bench.read(), '<a >b');
    await bench.end('b');
    await bench.end('c');
    assert.equal(bench.read(), '<b >c <c');
    assert.ok(drained);
  });

  it('lets a cell that waits keep its one place', async () => {
    void queue.add('ab');
    void queue.add('cb');
    assert.equal(bench.read(), '+a +b >a +c');
    await bench.end('a');
    await bench.end('b');
    assert.equal(bench.read(), '<a >b <b >c');
  });

  it('gives a cell that runs one more turn, announced when the first has ended', async () => {
    void queue.add('ab');
    void queue.add('a');
    void queue.add('a');
    bench.read();
    await bench.end('a');
    assert.equal(bench.read(), '<a +a >b');
    await bench.end('b');
    await bench.end('a');
    assert.equal(bench.read(), '<b >a <a');
  });

  it('drops what was asked for together with a cell that failed, and nothing else', async () => {
    void queue.add('abc');
    void queue.add('d');
    bench.read();
    await bench.end('a', false);
    assert.equal(bench.read(), '<a -b -c >d');
  });

  it('goes on behind a failed cell where that was asked for', async () => {
    void queue.add('ab', { goOn: true });
    bench.read();
    await bench.end('a', false);
    assert.equal(bench.read(), '<a >b');
  });

  it('takes a waiting cell out, and stops a running one with the cells behind it', async () => {
    void queue.add('abcd');
    bench.read();
    queue.cancel('b');
    assert.equal(bench.read(), '-b');
    queue.cancel('a');
    await settle();
    assert.equal(bench.read(), '!a <a -c -d');
  });

  it('drops the second turn of a cell that is stopped', async () => {
    void queue.add('a');
    void queue.add('ab');
    bench.read();
    queue.cancel('a');
    await settle();
    assert.equal(bench.read(), '!a <a >b');
  });

  it('stops everything', async () => {
    void queue.add('abc');
    void queue.add('d');
    bench.read();
    queue.cancelAll();
    await settle();
    assert.equal(bench.read(), '-b -c -d !a <a');
  });

  it('starts again after it has run dry', async () => {
    void queue.add('a');
    await bench.end('a');
    void queue.add('b');
    assert.equal(bench.read(), '+a >a <a +b >b');
  });

  it('passes over a cell that cannot run', async () => {
    bench.refused = 'b';
    void queue.add('abc');
    assert.equal(bench.read(), '+a +c >a');
    await bench.end('a');
    assert.equal(bench.read(), '<a >c');
  });

  it('never has two turns of a cell, and ends each, whatever is asked', async () => {
    const action = fc.tuple(
      fc.constantFrom('add', 'cancel', 'end', 'fail', 'all', 'refuse'),
      fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        bench = new Bench();
        queue = new CellQueue(bench);
        for (const [kind, cells] of actions) {
          if (kind === 'add') void queue.add(cells);
          else if (kind === 'cancel') queue.cancel(cells[0] ?? '');
          else if (kind === 'all') queue.cancelAll();
          else if (kind === 'refuse') bench.refused = cells.join('');
          else await bench.end(runningIn(bench.log) ?? '', kind === 'end');
        }
        queue.cancelAll();
        await settle();
        checkLog(bench.log);
      }),
      { numRuns: 300 },
    );
  });
});

function runningIn(log: readonly string[]): string | undefined {
  const last = log.findLast((event) => /[<>]/.test(event));
  return last?.startsWith('>') ? last[1] : undefined;
}

function checkLog(log: readonly string[]): void {
  const open = new Set<string>();
  let running = '';
  for (const event of log) {
    const [kind, cell = ''] = event;
    if (kind === '+') {
      assert.ok(!open.has(cell), `${cell} is announced twice: ${log.join(' ')}`);
      open.add(cell);
    } else if (kind === '>') {
      assert.equal(running, '', log.join(' '));
      running = cell;
    } else if (kind === '<' || kind === '-') {
      assert.ok(open.delete(cell), log.join(' '));
      if (kind === '<') running = '';
    }
  }
  assert.equal(open.size, 0, log.join(' '));
}
