import { Hover, languages, MarkdownString } from 'vscode';
import type { ExtensionContext } from 'vscode';

import { hover } from '../../language/index.ts';
import { lessonLanguage } from '../../lesson/index.ts';
import { rangeOf } from './places.ts';
import type { Readings } from './readings.ts';

/** Says what the word under the pointer means. */
export function registerHovers(context: ExtensionContext, readings: Readings): void {
  context.subscriptions.push(
    languages.registerHoverProvider(lessonLanguage, {
      async provideHover(document, position) {
        const { source, offset, columns } = await readings.at(document, position);
        const found = hover(source, offset, columns);
        return found && new Hover(new MarkdownString(found.markdown), rangeOf(document, found));
      },
    }),
  );
}
