import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Graph, type Node } from '../../src/kernel/graph.ts';

function valueOf(node: Node): number {
  assert.ok(node.operation === 'constant');
  return node.value;
}

describe('Graph', () => {
  it('has one node for equal expressions, and another for unequal ones', () => {
    const graph = new Graph('float64');
    const [x, y] = [graph.symbol('x'), graph.symbol('y')];
    assert.equal(graph.product(x, y), graph.product(x, y));
    assert.equal(graph.sum([x, y], [false, true]), graph.difference(x, y));
    assert.notEqual(graph.product(x, y), graph.product(y, x));
    assert.notEqual(graph.constant(0), graph.constant(-0));
    assert.notEqual(graph.column('x'), x);
    assert.notEqual(graph.reduce('total', graph.column('x')), graph.reduce('largest', graph.column('x')));
  });

  it('computes what is made of constants alone', () => {
    const graph = new Graph('float64');
    const [two, three] = [graph.constant(2), graph.constant(3)];
    assert.equal(valueOf(graph.sum([two, three, three], [false, true, false])), 2);
    assert.equal(valueOf(graph.quotient(two, three)), 2 / 3);
    assert.equal(valueOf(graph.compare('<', two, three)), 1);
    assert.equal(valueOf(graph.choice(graph.constant(0), two, three)), 3);
    assert.equal(valueOf(graph.power(two, graph.constant(-3))), 1 / 8);
    assert.equal(valueOf(graph.power(graph.constant(-8), graph.quotient(graph.constant(1), three))), NaN);
    assert.equal(valueOf(graph.power(graph.constant(0), graph.constant(0))), 1);
    assert.equal(valueOf(graph.elementwise('maximum', [two, three])), 3);
  });

  it('merges factors where no bit can change', () => {
    const numbers = fc.oneof(fc.double(), fc.constantFrom(0.5, 1, 2, 4, 100, -3, 2 ** 900));
    fc.assert(
      fc.property(numbers, numbers, fc.double(), fc.boolean(), (outer, inner, x, isDouble) => {
        const graph = new Graph(isDouble ? 'float64' : 'float32');
        const made = graph.product(
          graph.constant(outer),
          graph.product(graph.constant(inner), graph.symbol('x')),
        );
        const round = isDouble ? (value: number) => value : Math.fround;
        const evaluate = (node: Node): number =>
          node.operation === 'symbol'
            ? round(x)
            : node.operation === 'constant'
              ? node.value
              : round(node.operands.map(evaluate).reduce((left, right) => left * right));
        assert.ok(Object.is(evaluate(made), round(round(outer) * round(round(inner) * round(x)))));
      }),
      { numRuns: 5000 },
    );
    const graph = new Graph('float64');
    const x = graph.symbol('x');
    const doubled = graph.product(graph.constant(2), x);
    assert.equal(graph.product(graph.constant(100), doubled), graph.product(graph.constant(200), x));
  });

  it('subtracts what is negated, and negates a factor rather than a product', () => {
    const graph = new Graph('float64');
    const [x, y] = [graph.symbol('x'), graph.symbol('y')];
    assert.equal(graph.sum([x, graph.negate(y)]), graph.difference(x, y));
    assert.equal(graph.difference(x, graph.negate(y)), graph.sum([x, y]));
    assert.equal(graph.negate(graph.product(graph.constant(3), x)), graph.product(graph.constant(-3), x));
  });

  it('rounds every operation in float32', () => {
    const graph = new Graph('float32');
    const [a, b, c] = [0.1, 0.2, 0.3].map((value) => graph.constant(value));
    assert.ok(a && b && c);
    const sum = Math.fround(Math.fround(Math.fround(0.1) + Math.fround(0.2)) + Math.fround(0.3));
    assert.equal(valueOf(graph.sum([a, b, c])), sum);
    assert.equal(valueOf(graph.power(graph.constant(1e20), graph.constant(2))), Infinity);
  });

  it('rounds long sums from left to right, however long they are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double(), fc.boolean()), { minLength: 1, maxLength: 70 }), (terms) => {
        const graph = new Graph('float64');
        const operands = terms.map(([value]) => graph.constant(value));
        const sum = graph.sum(
          operands,
          terms.map(([, negative]) => negative),
        );
        const [first = 0, ...rest] = terms.map(([value, negative]) => (negative ? -value : value));
        assert.equal(
          valueOf(sum),
          rest.reduce((total, value) => total + value, first),
        );
      }),
    );
  });

  it('makes whole powers of multiplications', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.integer({ min: 0, max: 40 }),
        (base, exponent) => {
          const graph = new Graph('float64');
          const found = valueOf(graph.power(graph.constant(base), graph.constant(exponent)));
          const expected = base ** exponent;
          assert.ok(Math.abs(found - expected) <= 1e-14 * Math.abs(expected));
        },
      ),
    );
    const graph = new Graph('float64');
    const x = graph.symbol('x');
    assert.equal(graph.power(x, graph.constant(1)), x);
    assert.equal(graph.power(x, graph.constant(3)).operation, 'power');
    assert.equal(graph.power(x, graph.constant(0.5)).operation, 'sqrt');
    assert.equal(graph.power(x, graph.constant(1e300)).operation, 'pow');
  });

  it('takes the total of one number as that number times the rows', () => {
    const graph = new Graph('float64');
    const x = graph.symbol('x');
    assert.equal(graph.reduce('total', x), graph.product(graph.count(), x));
    assert.equal(graph.reduce('largest', x), x);
  });
});
