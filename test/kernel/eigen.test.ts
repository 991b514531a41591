import assert from 'node:assert/strict';
import fc from 'fast-check';
import { extremeEigenvalues, symmetricEigen, type ExtremeEigenvalues } from '../../src/kernel/eigen.ts';
import { finishNow } from '../../src/kernel/slices.ts';

function multiply(matrix: Float64Array, size: number, vector: Float64Array, result: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (let column = 0; column < size; column++) {
      sum += (matrix[row * size + column] ?? NaN) * (vector[column] ?? NaN);
    }
    result[row] = sum;
  }
}

/** How far the matrix times the vector is from the value times the vector. */
function residual(matrix: Float64Array, size: number, value: number, vector: Float64Array): number {
  const product = new Float64Array(size);
  multiply(matrix, size, vector, product);
  return Math.max(...product.map((entry, index) => Math.abs(entry - value * (vector[index] ?? NaN))));
}

function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? NaN), 0);
}

function extremesOf(
  product: (vector: Float64Array, result: Float64Array) => void,
  size: number,
): ExtremeEigenvalues {
  return finishNow(() =>
    extremeEigenvalues(function* (vector, result) {
      yield;
      product(vector, result);
    }, size),
  );
}

const symmetric = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc
    .array(fc.double({ min: -100, max: 100, noNaN: true }), {
      minLength: size * size,
      maxLength: size * size,
    })
    .map((entries) => ({
      size,
      matrix: Float64Array.from(entries, (_, index) => {
        const [row, column] = [Math.floor(index / size), index % size];
        return entries[Math.max(row, column) * size + Math.min(row, column)] ?? 0;
      }),
    })),
);

describe('symmetricEigen', function () {
  this.timeout(20_000);

  it('finds the values and vectors of a matrix known by heart', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    assert.ok(Math.abs((values[0] ?? NaN) - 1) < 1e-15 && Math.abs((values[1] ?? NaN) - 3) < 1e-15);
    assert.ok(Math.abs(Math.abs(dot(vectors[1] ?? values, Float64Array.of(1, 1))) - Math.SQRT2) < 1e-15);
  });

  it('gives ascending values and vectors of length 1 at right angles, each with its value', () => {
    fc.assert(
      fc.property(symmetric, ({ size, matrix }) => {
        const { values, vectors } = symmetricEigen(matrix, size);
        const scale = 1 + Math.max(...values.map(Math.abs));
        assert.deepEqual(values, values.toSorted());
        vectors.forEach((vector, index) => {
          assert.ok(residual(matrix, size, values[index] ?? NaN, vector) < 1e-13 * scale);
          vectors.forEach((other, place) => {
            assert.ok(Math.abs(dot(vector, other) - (index === place ? 1 : 0)) < 1e-13);
          });
        });
      }),
    );
  });

  it('finds small values beside huge ones', () => {
    const size = 3;
    const { values } = symmetricEigen(Float64Array.of(1e12, 0, 0, 0, 2e-6, 1e-6, 0, 1e-6, 2e-6), size);
    const expected = [1e-6, 3e-6, 1e12];
    values.forEach((value, index) => {
      assert.ok(Math.abs(value / (expected[index] ?? NaN) - 1) < 1e-12);
    });
  });

  it('finds the second difference matrix of 50 rows to the last digits', () => {
    const size = 50;
    const matrix = Float64Array.from({ length: size * size }, (_, index) => {
      const distance = Math.abs(Math.floor(index / size) - (index % size));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    });
    symmetricEigen(matrix, size).values.forEach((value, k) => {
      assert.ok(Math.abs(value - 4 * Math.sin(((k + 1) * Math.PI) / (2 * size + 2)) ** 2) < 1e-13);
    });
  });

  it('has NaN for a matrix that is not finite, and nothing for one without rows', () => {
    assert.deepEqual(symmetricEigen(Float64Array.of(1, NaN, NaN, 1), 2).values, Float64Array.of(NaN, NaN));
    assert.deepEqual(symmetricEigen(Float64Array.of(Infinity), 1).values, Float64Array.of(NaN));
    assert.deepEqual(symmetricEigen(new Float64Array(0), 0), { values: new Float64Array(0), vectors: [] });
  });

  it('leaves a diagonal and the zero matrix as they are', () => {
    assert.deepEqual(symmetricEigen(Float64Array.of(3, 0, 0, -1), 2).values, Float64Array.of(-1, 3));
    assert.deepEqual(symmetricEigen(new Float64Array(9), 3).values, new Float64Array(3));
  });
});

describe('extremeEigenvalues', function () {
  this.timeout(20_000);

  it('agrees with the whole decomposition at both ends', () => {
    fc.assert(
      fc.property(symmetric, ({ size, matrix }) => {
        const { values } = symmetricEigen(matrix, size);
        const scale = 1 + Math.max(...values.map(Math.abs));
        const { smallest, largest } = extremesOf((v, r) => {
          multiply(matrix, size, v, r);
        }, size);
        assert.ok(Math.abs(smallest.value - (values[0] ?? NaN)) < 1e-10 * scale);
        assert.ok(Math.abs(largest.value - (values[size - 1] ?? NaN)) < 1e-10 * scale);
        assert.ok(residual(matrix, size, largest.value, largest.vector) < 1e-6 * scale);
        assert.ok(Math.abs(dot(largest.vector, largest.vector) - 1) < 1e-12);
      }),
    );
  });

  it('finds both ends of 1000 values in 60 products, where the two are equal in size', () => {
    const size = 1000;
    let products = 0;
    const { smallest, largest } = extremesOf((vector, result) => {
      products++;
      vector.forEach(
        (entry, index) => (result[index] = entry * Math.cos((Math.PI * index) / (size - 1)) ** 3),
      );
    }, size);
    assert.ok(Math.abs(smallest.value + 1) < 1e-3 && Math.abs(largest.value - 1) < 1e-3);
    assert.equal(products, 60);
  });

  it('is not misled by a matrix that keeps its first direction', () => {
    // (1, golden ratio) is an eigenvector of it.
    const { smallest, largest } = extremesOf((v, r) => {
      multiply(Float64Array.of(-1, 1, 1, 0), 2, v, r);
    }, 2);
    assert.ok(Math.abs(smallest.value + (1 + Math.sqrt(5)) / 2) < 1e-12);
    assert.ok(Math.abs(largest.value - (Math.sqrt(5) - 1) / 2) < 1e-12);
  });

  it('has NaN where the products are not finite', () => {
    const { smallest, largest } = extremesOf((_, result) => result.fill(NaN), 4);
    assert.deepEqual([smallest.value, largest.value], [NaN, NaN]);
  });
});
