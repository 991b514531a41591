/** The scalar product of two vectors of one length. */
export function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}

/** The Euclidean length of a vector; the squares of its numbers must be neither too small nor too large for a number. */
export function lengthOf(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}
