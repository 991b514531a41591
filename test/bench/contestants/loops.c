/* The loops of loops.ts in C. Arguments: folder, kind, rows, batch size, rate, seed. Each line of input is a number
   of units; the answer is a line with the seconds they took, the units, and the result. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define GRID 200

static double *x, *y;
static long rows, batch;
static double rate;
static uint32_t seed;
static double result[3];

static double *read_column(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s.f64", folder, name);
  double *column = malloc((rows ? rows : 1) * sizeof(double));
  FILE *file = fopen(path, "rb");
  if (!file || (long)fread(column, sizeof(double), rows, file) != rows) exit(1);
  fclose(file);
  return column;
}

static void keep(double loss, double first, double second) {
  result[0] = loss;
  result[1] = first;
  result[2] = second;
}

/* Records loss, length of the gradient and parameters; says whether all are finite. */
static int record(double *entry, double loss, double by_first, double by_second, double first, double second) {
  double length = sqrt(by_first * by_first + by_second * by_second);
  entry[0] = loss;
  entry[1] = length;
  entry[2] = first;
  entry[3] = second;
  return (loss + length + first + second) * 0 == 0;
}

static void linear(long units) {
  double *history = malloc(4 * (units + 1) * sizeof(double));
  double w = 0, b = 0;
  for (long step = 0;; step++) {
    double sum = 0, slope_w = 0, slope_b = 0;
    for (long row = 0; row < rows; row++) {
      double error = w * x[row] + b - y[row];
      sum += error * error;
      slope_w += error * x[row];
      slope_b += error;
    }
    double by_w = 2 * slope_w / rows, by_b = 2 * slope_b / rows;
    if (!record(history + 4 * step, sum / rows, by_w, by_b, w, b) || step == units) break;
    w -= rate * by_w;
    b -= rate * by_b;
  }
  keep(history[4 * units], w, b);
  free(history);
}

static double mean_square(double w, double b) {
  double sum = 0;
  for (long row = 0; row < rows; row++) {
    double error = w * x[row] + b - y[row];
    sum += error * error;
  }
  return sum / rows;
}

/* The generator of src/kernel/random.ts: xoroshiro128+, two jumps ahead for the stream of shuffles. */
static uint64_t low, high;

static uint32_t spread(uint32_t word) {
  uint32_t bits = seed + word * 0x9e3779b9u;
  bits = (bits ^ bits >> 16) * 0x85ebca6bu;
  bits = (bits ^ bits >> 13) * 0xc2b2ae35u;
  return bits ^ bits >> 16;
}

static uint64_t rotate(uint64_t value, int places) { return value << places | value >> (64 - places); }

static uint32_t next_bits(void) {
  uint32_t bits = (uint32_t)(low + high);
  uint64_t other = high ^ low;
  low = rotate(low, 24) ^ other ^ other << 16;
  high = rotate(other, 37);
  return bits;
}

static void start_shuffles(void) {
  static const uint64_t jumps[] = {0xdf900294d8f554a5u, 0x170865df4b3201fcu};
  low = (uint64_t)spread(1) << 32 | spread(2);
  high = (uint64_t)spread(3) << 32 | spread(4);
  for (int times = 0; times < 2; times++) {
    uint64_t next_low = 0, next_high = 0;
    for (int bit = 0; bit < 128; bit++) {
      if (jumps[bit / 64] >> bit % 64 & 1) {
        next_low ^= low;
        next_high ^= high;
      }
      next_bits();
    }
    low = next_low;
    high = next_high;
  }
}

static void shuffle(int32_t *order) {
  for (long last = rows - 1; last > 0; last--) {
    int unused = __builtin_clz((unsigned)last);
    uint32_t other = next_bits() >> unused;
    while (other > last) other = next_bits() >> unused;
    int32_t kept = order[last];
    order[last] = order[other];
    order[other] = kept;
  }
}

static void batches(long units) {
  long steps = (rows + batch - 1) / batch, cadence = (steps + 9) / 10, entry = 0;
  double *history = malloc(5 * (units * steps + 1) * sizeof(double));
  int32_t *order = malloc(rows * sizeof(int32_t));
  for (long row = 0; row < rows; row++) order[row] = row;
  start_shuffles();
  double w = 0, b = 0, loss = mean_square(w, b);
  for (long epoch = 0; epoch < units; epoch++) {
    shuffle(order);
    for (long step = 1; step <= steps; step++) {
      long begin = (step - 1) * batch, end = step * batch < rows ? step * batch : rows;
      double sum = 0, slope_w = 0, slope_b = 0;
      for (long place = begin; place < end; place++) {
        long row = order[place];
        double error = w * x[row] + b - y[row];
        sum += error * error;
        slope_w += error * x[row];
        slope_b += error;
      }
      double by_w = 2 * slope_w / (end - begin), by_b = 2 * slope_b / (end - begin);
      w -= rate * by_w;
      b -= rate * by_b;
      if (step % cadence == 0 || step == steps) loss = mean_square(w, b);
      history[5 * entry + 4] = loss;
      if (!record(history + 5 * entry++, sum / (end - begin), by_w, by_b, w, b)) break;
    }
  }
  keep(loss, w, b);
  free(history);
  free(order);
}

static void keep_landscape(const double *loss) { keep(loss[0], loss[GRID - 1], loss[3 * GRID + 57]); }

static void landscape(long units) {
  double *loss = malloc(units * GRID * sizeof(double));
  for (long line = 0; line < units; line++) {
    for (int column = 0; column < GRID; column++) {
      loss[line * GRID + column] = mean_square(-1 + 8.0 * column / (GRID - 1), -3 + 8.0 * line / (GRID - 1));
    }
  }
  keep_landscape(loss);
  free(loss);
}

/* The points of a row of the grid side by side, which the compiler makes vectors of. */
static void landscape_for_vectors(long units) {
  double *loss = malloc(units * GRID * sizeof(double));
  double w[GRID], sums[GRID];
  for (int column = 0; column < GRID; column++) w[column] = -1 + 8.0 * column / (GRID - 1);
  for (long line = 0; line < units; line++) {
    double b = -3 + 8.0 * line / (GRID - 1);
    memset(sums, 0, sizeof sums);
    for (long row = 0; row < rows; row++) {
      for (int column = 0; column < GRID; column++) {
        double error = w[column] * x[row] + b - y[row];
        sums[column] += error * error;
      }
    }
    for (int column = 0; column < GRID; column++) loss[line * GRID + column] = sums[column] / rows;
  }
  keep_landscape(loss);
  free(loss);
}

static void decay(long units) {
  double *history = malloc(4 * (units + 1) * sizeof(double));
  double a = 1, k = 0.1;
  for (long step = 0;; step++) {
    double sum = 0, slope_a = 0, slope_k = 0;
    for (long row = 0; row < rows; row++) {
      double fall = exp(-k * x[row]);
      double error = a * fall - y[row];
      sum += error * error;
      slope_a += error * fall;
      slope_k -= error * a * x[row] * fall;
    }
    double by_a = 2 * slope_a / rows, by_k = 2 * slope_k / rows;
    if (!record(history + 4 * step, sum / rows, by_a, by_k, a, k) || step == units) break;
    a -= rate * by_a;
    k -= rate * by_k;
  }
  keep(history[4 * units], a, k);
  free(history);
}

static void rosenbrock(long units) {
  double *history = malloc(4 * (units + 1) * sizeof(double));
  double p = -1.2, q = 1;
  for (long step = 0;; step++) {
    double left = 1 - p, rise = q - p * p;
    double by_p = -2 * left - 400 * p * rise, by_q = 200 * rise;
    if (!record(history + 4 * step, left * left + 100 * rise * rise, by_p, by_q, p, q) || step == units) break;
    p -= rate * by_p;
    q -= rate * by_q;
  }
  keep(history[4 * units], p, q);
  free(history);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + 1e-9 * time.tv_nsec;
}

int main(int count, char **arguments) {
  if (count != 7) return 1;
  const char *kind = arguments[2];
  rows = atol(arguments[3]);
  batch = atol(arguments[4]);
  rate = atof(arguments[5]);
  seed = (uint32_t)strtoul(arguments[6], NULL, 10);
  x = read_column(arguments[1], "x");
  y = read_column(arguments[1], "y");
  void (*solve)(long) = !strcmp(kind, "linear")      ? linear
                        : !strcmp(kind, "batches")   ? batches
                        : !strcmp(kind, "landscape") ? landscape
                        : !strcmp(kind, "vectors")   ? landscape_for_vectors
                        : !strcmp(kind, "decay")     ? decay
                                                     : rosenbrock;
  long units;
  while (scanf("%ld", &units) == 1) {
    double began = now();
    solve(units);
    double seconds = now() - began;
    printf("%.9g %ld %.17g %.17g %.17g\n", seconds, units, result[0], result[1], result[2]);
    fflush(stdout);
  }
  return 0;
}
