import { columnsOf } from '../../output/index.ts';
import { element, svgElement } from '../dom.ts';
import { dashArray, styleOf } from '../scene.ts';
import { lossFields } from './log-pictures.ts';
import { selectedCurve } from './log-scene.ts';
import type { LogScene } from './log-scene.ts';

const width = 2;

/** Which line is the training loss and which the validation loss, where a curve has both. */
export class LogKey {
  readonly element = element('span', { class: 'gd-log-key' });

  update(scene: LogScene): void {
    const curve = selectedCurve(scene);
    const present = curve ? columnsOf(curve).filter(({ field }) => lossFields.includes(field)) : [];
    this.element.hidden = present.length < 2;
    const { colour, dash } = styleOf(scene.theme, scene.selected);
    this.element.replaceChildren(
      ...sample('training', colour, dashArray(dash, width)),
      ...sample('validation', scene.theme.foreground, dashArray('dot', width)),
    );
  }
}

function sample(name: string, stroke: string, dashes: string | undefined): (Element | string)[] {
  const line = { x1: 0, x2: 18, y1: 5, y2: 5, stroke, 'stroke-width': width, 'stroke-dasharray': dashes };
  const picture = { width: 18, height: 10, viewBox: '0 0 18 10', 'aria-hidden': 'true' };
  return [svgElement('svg', picture, svgElement('line', line)), element('span', {}, name)];
}
