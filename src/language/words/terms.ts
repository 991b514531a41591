/** A term of the field. Its definition is part of what hovers say in cells, and shown where prose uses the term. */
export interface Term {
  readonly name: string;
  /** How prose writes it, in lower case but for abbreviations. */
  readonly forms: readonly string[];
  /** What follows "is" or a colon: no capital at its beginning, no full stop at its end. */
  readonly definition: string;
}

export const terms = [
  {
    name: 'loss function',
    forms: ['loss function', 'loss functions'],
    definition:
      'takes predictions and truths and gives one number that says how wrong the model is, large is bad and small is good',
  },
  {
    name: 'gradient',
    forms: ['gradient', 'gradients'],
    definition:
      'for each parameter the slope of the loss, how fast the loss grows when this parameter grows. All together they point where the loss grows fastest, so a step goes against them',
  },
  {
    name: 'gradient descent',
    forms: ['gradient descent'],
    definition: 'step against the gradient, scaled by the learning rate, and repeat',
  },
  {
    name: 'learning rate',
    forms: ['learning rate', 'learning rates'],
    definition: 'the multiplier on every step against the gradient, and the most important number to tune',
  },
  {
    name: 'minibatch',
    forms: ['minibatch', 'minibatches'],
    definition: 'the small random handful of examples from which one update takes its gradient',
  },
  {
    name: 'stochastic gradient descent',
    forms: ['stochastic gradient descent', 'SGD'],
    definition: 'gradient descent with minibatches, whose gradients are noisy estimates of the full one',
  },
  {
    name: 'epoch',
    forms: ['epoch', 'epochs'],
    definition: 'one pass through the training examples',
  },
] as const satisfies readonly Term[];

/** The definition of a term, for a documentation to take up. */
export function definitionOf(name: (typeof terms)[number]['name']): string {
  return terms.find((term) => term.name === name)?.definition ?? '';
}
