import { DocumentHighlight, languages, Location } from 'vscode';
import type { ExtensionContext, Position, TextDocument } from 'vscode';

import { definitionsAt, referencesAt } from '../../language/index.ts';
import { lessonLanguage } from '../../lesson/index.ts';
import { rangeOf } from './places.ts';
import type { Readings } from './readings.ts';

/** Finds where a name of a cell is defined, and where it is used. */
export function registerDefinitions(context: ExtensionContext, readings: Readings): void {
  const find = async (places: typeof referencesAt, document: TextDocument, position: Position) => {
    const { source, offset, columns } = await readings.at(document, position);
    return places(source, offset, columns).map((place) => rangeOf(document, place));
  };
  const locate = async (places: typeof referencesAt, document: TextDocument, position: Position) =>
    (await find(places, document, position)).map((range) => new Location(document.uri, range));

  context.subscriptions.push(
    languages.registerDefinitionProvider(lessonLanguage, {
      provideDefinition: (document, position) => locate(definitionsAt, document, position),
    }),
    languages.registerReferenceProvider(lessonLanguage, {
      provideReferences: (document, position) => locate(referencesAt, document, position),
    }),
    languages.registerDocumentHighlightProvider(lessonLanguage, {
      provideDocumentHighlights: async (document, position) =>
        (await find(referencesAt, document, position)).map((range) => new DocumentHighlight(range)),
    }),
  );
}
