/** The beginnings of cells: what is learned from what, without how. */

const houses = (size: string) => `data = "houses.csv"
size = ${size}
cost = price / 1000
parameters w = 0, b = 0
prediction = w * size + b
loss = mean((prediction - cost)^2)
`;
export const line = houses('sqft / 1000');
export const rawFeet = houses('sqft');
export const standardised = houses('(sqft - mean(sqft)) / std(sqft)');
export const twoFeatures = `data = "houses.csv"
size = sqft / 1000
cost = price / 1000
parameters w = 0, v = 0, b = 0
prediction = w * size + v * beds + b
loss = mse(prediction, cost)
`;
export const classes = `data = "houses.csv"
size = sqft / 1000
truth = price > 220000
parameters w = 0, b = 0
prediction = sigmoid(w * (size - 1.5) + b)
loss = binary_cross_entropy(prediction, truth)
`;
export const naiveClasses = `data = table(x: [1, 2, 3, 4], y: [0, 0, 1, 1])
parameters w = 0, b = 0
p = sigmoid(w * x + b)
loss = -mean(y * log(p) + (1 - y) * log(1 - p))
`;
export const slipped = (last: string) => `data = table(size: [0.8, 1.2, 1.4, 1.5, 1.7, 2.0, 2.4, ${last}],
             cost: [120, 170, 200, 210, 250, 290, 340, 440])
parameters w = 0, b = 0
prediction = w * size + b
loss = mse(prediction, cost)
`;
export const ravine = `parameters x = 10, y = 1
loss = 0.005 * x^2 + 0.5 * y^2
`;
export const bowl = `parameters x = 3, y = -2
loss = x^2 + 2 * y^2 + 1
`;
export const doubleWell = (x: string) => `parameters x = ${x}, y = 1
loss = (x^2 - 1)^2 + 0.3 * x + y^2
`;
export const flatlands = (x: string) => `parameters x = ${x}
loss = x^2 / (1 + x^2)
`;
export const absolute = `data = table(x: [1, 2, 3, 4, 5, 6, 7, 8], y: [2, 4, 6, 8, 10, 12, 14, 16])
parameters w = 0
prediction = w * x
`;
export const network = `data = table(x: [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2], y: [-0.9, -0.8, -0.7, -0.4, 0, 0.4, 0.7, 0.8, 0.9])
parameters u = normal(0, 1), v = normal(0, 1), a = normal(0, 1), c = normal(0, 1)
prediction = a * tanh(u * x) + c * tanh(v * x)
loss = mse(prediction, y)
`;
const polynomial = (columns: string) => `${columns}
parameters a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0
prediction = a + b * x + c * x^2 + d * x^3 + e * x^4 + f * x^5 + g * x^6 + h * x^7
loss = mse(prediction, y)
`;
export const noisyPoints =
  polynomial(`data = table(x: [-1, -0.85, -0.7, -0.55, -0.4, -0.25, -0.1, 0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95],
             y: [-0.6, -1.3, -0.2, -0.9, 0.1, -0.6, 0.4, -0.3, 0.6, -0.2, 0.9, 0.1, 1.2, 0.5])`);
export const uphill = `for each step:
    gradient  = slope(loss)
    parameter = parameter + learning_rate * gradient
`;
export const withMomentum = (factor: string) => `for each step:
    velocity  = ${factor} * velocity + gradient
    parameter = parameter - learning_rate * velocity
`;
