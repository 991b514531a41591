import assert from 'node:assert/strict';

import { isPieceOfProgram } from '../../src/renderer/piece-of-program.ts';

describe('a piece of code in advice', () => {
  it('can be copied where it sets or calls something, or is an option or a value', () => {
    const pieces = [
      'max_grad_norm=1.0',
      'lr_scheduler_type="cosine"',
      'Trainer(gradient_clip_val=1.0)',
      'ReduceLROnPlateau()',
      'grad_clip = 1.0',
      '-k cosine -q 0.0',
      '-l 3e-4',
      'learning_rate = 0.12',
      '0.12',
      '2.4e-7',
    ];
    for (const piece of pieces) assert.equal(isPieceOfProgram(piece), true, piece);
  });

  it('cannot where it only names something or leaves something out', () => {
    const names = ['learning_rate', 'warmup_steps', 'configure_optimizers', '-l', "'float32'", 'fp16'];
    for (const name of [...names, 'CosineDecay(..., warmup_steps=...)'])
      assert.equal(isPieceOfProgram(name), false, name);
  });
});
