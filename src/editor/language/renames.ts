import { languages } from 'vscode';
import type { ExtensionContext } from 'vscode';

import { renameableAt, renameAt, type Refusable } from '../../language/index.ts';
import { lessonLanguage } from '../../lesson/index.ts';
import { editOf, rangeOf } from './places.ts';
import type { Readings } from './readings.ts';

/** Gives a name of a cell another name. */
export function registerRenames(context: ExtensionContext, readings: Readings): void {
  context.subscriptions.push(
    languages.registerRenameProvider(lessonLanguage, {
      async prepareRename(document, position) {
        const { source, offset, columns } = await readings.at(document, position);
        const found = resultOf(renameableAt(source, offset, columns));
        return { range: rangeOf(document, found), placeholder: found.name };
      },
      async provideRenameEdits(document, position, newName) {
        const { source, offset, columns } = await readings.at(document, position);
        return editOf(document, resultOf(renameAt(source, offset, newName, columns)));
      },
    }),
  );
}

/** The editor shows the message of an error as the reason why there is no result. */
function resultOf<T>(outcome: Refusable<T>): T {
  if ('result' in outcome) return outcome.result;
  throw new Error(outcome.refusal);
}
