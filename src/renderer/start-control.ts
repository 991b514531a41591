import type { ByParameter } from '../kernel/index.ts';
import { element } from './dom.ts';
import { sourceNumber } from './numbers.ts';

/** The start of the parameters that the landscape shows, as numbers; dragging it on the landscape does the same. */
export class StartControl {
  readonly element = element('div', { class: 'gd-start', role: 'group', 'aria-label': 'Start' });
  readonly #change: (start: ByParameter<number>) => void;
  #fields: ReadonlyMap<string, HTMLInputElement> = new Map();
  #start: ByParameter<number> = {};

  constructor(change: (start: ByParameter<number>) => void) {
    this.#change = change;
  }

  update(start: ByParameter<number>, parameters: readonly string[]): void {
    this.#start = start;
    if (parameters.join('\n') !== [...this.#fields.keys()].join('\n')) this.#build(parameters);
    for (const [parameter, field] of this.#fields) {
      if (document.activeElement !== field) field.value = sourceNumber(start[parameter] ?? NaN, 6);
    }
  }

  #build(parameters: readonly string[]): void {
    this.#fields = new Map(parameters.map((parameter) => [parameter, this.#field(parameter)]));
    const fields = [...this.#fields].map(([parameter, field]) =>
      element('label', { class: 'gd-start-field' }, element('span', { class: 'gd-code' }, parameter), field),
    );
    this.element.replaceChildren(element('span', { class: 'gd-label' }, 'Start'), ...fields);
  }

  #field(parameter: string): HTMLInputElement {
    const field = element('input', {
      type: 'text',
      inputmode: 'decimal',
      class: 'gd-field',
      'aria-label': `Start of ${parameter}`,
      spellcheck: 'false',
      autocomplete: 'off',
    });
    field.addEventListener('change', () => {
      const text = field.value.trim().replaceAll('_', '').replace('−', '-');
      const value = text === '' ? NaN : Number(text);
      if (Number.isFinite(value))
        this.#change(Object.assign(Object.create(null) as object, { [parameter]: value }));
      else field.value = sourceNumber(this.#start[parameter] ?? NaN, 6);
    });
    return field;
  }
}
