/** The scalar product of two vectors of one length. */
export function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

/** Smaller sums of squares have lost digits, as numbers near the smallest have few. */
const leastSquare = 1e-280;

/** The Euclidean length of a vector, also where the squares of its numbers are too small or too large for a number. */
export function lengthOf(vector: Float64Array): number {
  const square = dot(vector, vector);
  if (square > leastSquare && square < Infinity) return Math.sqrt(square);
  const longest = largestEntry(vector);
  if (!(longest > 0 && longest < Infinity)) return longest;
  const scaled = vector.map((entry) => entry / longest);
  return longest * Math.sqrt(dot(scaled, scaled));
}

/** The size of the largest number of a vector, whatever its sign. */
export function largestEntry(vector: Float64Array): number {
  return vector.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
}
