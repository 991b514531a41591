import { DocumentHighlight, languages, Location, Range } from 'vscode';
import type { ExtensionContext, Position, TextDocument } from 'vscode';

import { definitionsAt, referencesAt } from '../../language/index.ts';
import { lessonLanguage } from '../../lesson/index.ts';
import type { DataFiles } from '../data-files.ts';
import { findDataReference, findLogReference } from '../data-reference.ts';
import { rangeOf } from './places.ts';
import { cellOf, type Readings } from './readings.ts';

/** Finds where a name of a cell is defined, and where it is used; a file's name leads to the file. */
export function registerDefinitions(
  context: ExtensionContext,
  readings: Readings,
  dataFiles: DataFiles,
): void {
  const find = async (places: typeof referencesAt, document: TextDocument, position: Position) => {
    const { source, offset, columns } = await readings.at(document, position);
    return places(source, offset, columns).map((place) => rangeOf(document, place));
  };
  const locate = async (places: typeof referencesAt, document: TextDocument, position: Position) =>
    (await find(places, document, position)).map((range) => new Location(document.uri, range));

  context.subscriptions.push(
    languages.registerDefinitionProvider(lessonLanguage, {
      provideDefinition: async (document, position) =>
        fileAt(document, position, dataFiles) ?? (await locate(definitionsAt, document, position)),
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

/** The file whose name stands at a place. */
function fileAt(document: TextDocument, position: Position, dataFiles: DataFiles): Location | undefined {
  const source = document.getText();
  const offset = document.offsetAt(position);
  const reference = [findDataReference(source), findLogReference(source)].find(
    (each) => each && each.start <= offset && offset <= each.end,
  );
  const notebook = cellOf(document)?.notebook;
  if (!reference || !notebook) return undefined;
  try {
    return new Location(dataFiles.locate(notebook, reference.name), new Range(0, 0, 0, 0));
  } catch {
    return undefined; // the problem beneath the name says why it leads nowhere
  }
}
