import type { Sliced } from './slices.ts';
import { dot, largestEntry, lengthOf } from './vectors.ts';

/** Eigenvalues in ascending order, each with its eigenvector of length 1. */
export interface Eigensystem {
  readonly values: Float64Array;
  readonly vectors: readonly Float64Array[];
}

/**
 * All eigenvalues and eigenvectors of a symmetric matrix, given row after row, of which the lower triangle is read.
 * Cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, section 8.5); meant for up to about 50 rows.
 * A matrix with an entry that is not finite has eigenvalues NaN.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigensystem {
  const a = rows(size, (row, column) => matrix[Math.max(row, column) * size + Math.min(row, column)] ?? NaN);
  const v = rows(size, (row, column) => (row === column ? 1 : 0));
  if (!matrix.every(Number.isFinite)) return { values: new Float64Array(size).fill(NaN), vectors: v };
  // Each sweep squares what is left off the diagonal; six to ten are enough, and no rotation says that it is done.
  for (let sweep = 0, turned = true; turned && sweep < 60; sweep++) {
    turned = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) if (rotate(a, v, p, q)) turned = true;
    }
  }
  const order = Array.from({ length: size }, (_, index) => index).sort((p, q) => at(a, p, p) - at(a, q, q));
  return {
    values: Float64Array.from(order, (index) => at(a, index, index)),
    vectors: order.map((index) => v[index] ?? new Float64Array(size)),
  };
}

/** What is smaller is taken for zero: numbers near the smallest have few digits left. */
const negligible = 1e-290;

/** The eigenvalues at both ends of a symmetric matrix, each with its eigenvector of length 1. */
export interface ExtremeEigenvalues {
  readonly smallest: { readonly value: number; readonly vector: Float64Array };
  readonly largest: { readonly value: number; readonly vector: Float64Array };
}

/**
 * The smallest and the largest eigenvalue of a symmetric matrix of which only the products with vectors are known:
 * `product(vector, result)` writes the matrix times `vector` into `result`.
 *
 * Lanczos' method with full reorthogonalisation (Golub and Van Loan, Matrix Computations, section 10.1): power
 * iteration that keeps what every earlier power has shown, so that it finds both ends at once, in at most `most`
 * products, and is not misled where the two ends are of equal size and opposite sign. It ends a slice whenever a
 * product does.
 */
export function* extremeEigenvalues(
  product: (vector: Float64Array, result: Float64Array) => Sliced<void>,
  size: number,
  most = 60,
): Sliced<ExtremeEigenvalues> {
  const basis: Float64Array[] = [];
  const length = Math.min(most, size);
  const small = new Float64Array(length * length);
  let next = startVector(size, 0);
  let used = 0;
  for (let largest = 0; used < length;) {
    const current = next;
    basis.push(current);
    next = new Float64Array(size);
    yield* product(current, next);
    small[used * length + used] = dot(current, next);
    straighten(next, basis);
    used++;
    const rest = lengthOf(next);
    largest = Math.max(largest, Math.abs(small[(used - 1) * (length + 1)] ?? 0), rest);
    if (Number.isNaN(rest) || used === length) break;
    if (rest > Math.max(1e-14 * largest, negligible)) {
      small[used * length + used - 1] = rest;
      normalise(next);
    } else {
      // The basis leads nowhere else: what is left of the matrix shows from a direction at right angles to it.
      next = startVector(size, used);
      straighten(next, basis);
      normalise(next);
    }
  }
  const projected = Float64Array.from(
    { length: used * used },
    (_, k) => small[Math.floor(k / used) * length + (k % used)] ?? 0,
  );
  const { values, vectors } = symmetricEigen(projected, used);
  const end = (index: number) => {
    const vector = new Float64Array(size);
    basis.forEach((direction, k) => {
      addScaled(vector, vectors[index]?.[k] ?? 0, direction);
    });
    return { value: values[index] ?? NaN, vector };
  };
  return { smallest: end(0), largest: end(used - 1) };
}

/** Any start will do that leans on every axis a little differently. */
function startVector(size: number, attempt: number): Float64Array {
  const ratio = (attempt + 1) * 0.6180339887498949;
  const vector = Float64Array.from({ length: size }, (_, index) => 1 + ((index * ratio) % 1));
  normalise(vector);
  return vector;
}

/** Puts a vector at right angles to a basis; twice is enough to be so to the last bit. */
function straighten(vector: Float64Array, basis: readonly Float64Array[]): void {
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of basis) addScaled(vector, -dot(direction, vector), direction);
  }
}

/** One rotation in the plane of `p` and `q` that makes `a[p][q]` zero; false where it is zero already. */
function rotate(a: readonly Float64Array[], v: readonly Float64Array[], p: number, q: number): boolean {
  const off = at(a, p, q);
  const least = 1e-17 * Math.sqrt(Math.abs(at(a, p, p)) * Math.abs(at(a, q, q)));
  if (off === 0 || Math.abs(off) <= least) return false;
  const theta = (at(a, q, q) - at(a, p, p)) / (2 * off);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const cosine = 1 / Math.sqrt(t * t + 1);
  const sine = t * cosine;
  const [ap, aq, vp, vq] = [a[p], a[q], v[p], v[q]];
  if (!ap || !aq || !vp || !vq) return false;
  for (const row of a) turn(row, row, p, q, cosine, sine);
  ap.forEach((_, k) => {
    turn(ap, aq, k, k, cosine, sine);
  });
  vp.forEach((_, k) => {
    turn(vp, vq, k, k, cosine, sine);
  });
  ap[q] = 0;
  aq[p] = 0;
  return true;
}

/** Turns the pair `left[p]`, `right[q]`. */
function turn(
  left: Float64Array,
  right: Float64Array,
  p: number,
  q: number,
  cosine: number,
  sine: number,
): void {
  const [x, y] = [left[p] ?? 0, right[q] ?? 0];
  left[p] = cosine * x - sine * y;
  right[q] = sine * x + cosine * y;
}

function rows(size: number, value: (row: number, column: number) => number): Float64Array[] {
  return Array.from({ length: size }, (_, row) =>
    Float64Array.from({ length: size }, (_, column) => value(row, column)),
  );
}

function at(matrix: readonly Float64Array[], row: number, column: number): number {
  return matrix[row]?.[column] ?? NaN;
}

/** Makes the length of a vector 1, however short it is. */
function normalise(vector: Float64Array): void {
  for (const length of [largestEntry, lengthOf]) divide(vector, length(vector));
}

function divide(vector: Float64Array, divisor: number): void {
  vector.forEach((value, index) => (vector[index] = value / divisor));
}

function addScaled(vector: Float64Array, factor: number, other: Float64Array): void {
  other.forEach((value, index) => (vector[index] = (vector[index] ?? 0) + factor * value));
}
