import { element } from './dom.ts';
import type { LossScale } from './scene.ts';

const scales: readonly LossScale[] = ['log', 'linear'];

/** The choice between a logarithmic and a linear scale of the loss. */
export class ScaleControl {
  readonly element = element('span', {
    class: 'gd-choice',
    role: 'radiogroup',
    'aria-label': 'Scale of the loss',
  });
  readonly #inputs: ReadonlyMap<LossScale, HTMLInputElement>;

  constructor(choose: (scale: LossScale) => void) {
    const name = `gd-scale-${crypto.randomUUID()}`;
    this.#inputs = new Map(
      scales.map((scale) => {
        const input = element('input', { type: 'radio', name, value: scale });
        input.addEventListener('change', () => {
          choose(scale);
        });
        this.element.append(element('label', {}, input, element('span', {}, scale)));
        return [scale, input];
      }),
    );
  }

  /** @param canBeLogarithmic - false where some loss is zero or negative, which has no logarithm */
  update(scale: LossScale, canBeLogarithmic: boolean): void {
    const shown = canBeLogarithmic ? scale : 'linear';
    for (const [each, input] of this.#inputs) {
      input.checked = each === shown;
      input.disabled = each === 'log' && !canBeLogarithmic;
    }
    this.element.title = canBeLogarithmic ? '' : 'A loss of zero or less has no logarithm.';
  }
}
