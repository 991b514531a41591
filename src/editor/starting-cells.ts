/** What a new notebook begins with. */
export interface StartingCell {
  readonly kind: 'markdown' | 'code';
  readonly text: string;
}

const prose = `# A notebook of your own

Double-click this text to write over it: it is Markdown. A cell below it holds one whole experiment.

**Predict:** how close to the four points does the line get?`;

/** Holds its data, since an unsaved notebook has no folder to read a file from. */
const experiment = `data = table(size: [1, 2, 3, 4], cost: [150, 280, 420, 560])

parameters w = 0, b = 0                     # the two knobs, and where they start
prediction = w * size + b                   # the guess for each point
loss       = mean((prediction - cost)^2)    # how wrong, as one number

learning_rate = 0.1
steps = 60`;

const question = `**Change** the learning rate to 0.15 and run the cell again: \`Shift+Enter\`.

\`\`\`quiz
The loss grew from step to step. What was wrong?

- [x] The learning rate was too high
  Each step jumped across the valley and landed higher on the other side.
- [ ] There were too few steps
  A run that climbs climbs further with more steps.
\`\`\``;

export const startingCells: readonly StartingCell[] = [
  { kind: 'markdown', text: prose },
  { kind: 'code', text: experiment },
  { kind: 'markdown', text: question },
];
