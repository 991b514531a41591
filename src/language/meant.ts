import type { Cell, Definition } from './cell.ts';
import type { Facts } from './facts.ts';
import type { Fix } from './problems.ts';
import { renameTo } from './rename-names.ts';
import { nearest } from './suggest.ts';
import { isFormulaSetting } from './words/words.ts';

/** Gives a setting that is missing its right name, where the cell has a name of its own that is nearly that. */
export function meantFix(cell: Cell, setting: string): Fix | undefined {
  return calledBy(cell, setting, ({ name }) => nearest(name, [setting]) === setting);
}

/** Gives a missing loss its right name, where the cell has one number that depends on parameters. */
export function lossByOtherName(cell: Cell, facts: ReadonlyMap<string, Facts>): Fix | undefined {
  return calledBy(cell, 'loss', ({ name }) => {
    const known = facts.get(name);
    return known?.usesParameters === true && !known.rows && !known.usesTime && !known.broken;
  });
}

/** The last of several is taken, which is made of those before it. */
function calledBy(
  cell: Cell,
  setting: string,
  isMeant: (definition: Definition) => boolean,
): Fix | undefined {
  const meant = [...cell.definitions.values()].findLast(
    (definition) => !definition.lifted && !isFormulaSetting(definition.name) && isMeant(definition),
  );
  return meant && renameTo(cell.tree, meant.name, setting);
}
