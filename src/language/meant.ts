import type { Cell } from './cell.ts';
import { replaceBy, type Fix } from './problems.ts';
import { nearest } from './suggest.ts';
import { isFormulaSetting } from './words/words.ts';

/** Gives a setting that is missing its right name, where the cell has a name of its own that is nearly that. */
export function meantFix({ definitions }: Cell, setting: string): Fix | undefined {
  const meant = [...definitions.values()].find(
    ({ name, lifted }) => !lifted && !isFormulaSetting(name) && nearest(name, [setting]) === setting,
  );
  return meant && replaceBy(meant.place, setting, `Change \`${meant.name}\` to \`${setting}\``);
}
