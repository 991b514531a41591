import { env, Uri, window, workspace } from 'vscode';
import type { QuickPickItem, TextDocument } from 'vscode';

import { notebookType } from '../serializer.ts';

/** Where a training log comes from. */
export type LogSource =
  { readonly kind: 'file'; readonly file: Uri } | { readonly kind: 'text'; readonly text: string };

interface Choice extends QuickPickItem {
  readonly source: () => Promise<LogSource | undefined>;
}

const filters = {
  'Training logs': ['json', 'jsonl', 'csv', 'tsv', 'txt', 'log', 'out'],
  'All files': ['*'],
};

/** Asks a person where the log is; undefined where they do not say. */
export async function askForLog(): Promise<LogSource | undefined> {
  const choice = await window.showQuickPick(choices(), {
    title: 'Diagnose a Training Log',
    placeHolder: 'Where is the log?',
  });
  return choice?.source();
}

/** The text that is selected in the active editor; undefined where none is, which is said. */
export function selectedLog(): LogSource | undefined {
  const selected = selection();
  if (!selected) tell('Nothing is selected: select the lines of a training log first.');
  return selected;
}

function selection(): LogSource | undefined {
  const editor = window.activeTextEditor;
  const text = editor?.selections
    .filter(({ isEmpty }) => !isEmpty)
    .map((selection) => editor.document.getText(selection))
    .join('\n');
  return text === undefined || text.trim() === '' ? undefined : { kind: 'text', text };
}

/** The text in the clipboard; undefined where there is none, which is said. */
export async function clipboardLog(): Promise<LogSource | undefined> {
  const text = await env.clipboard.readText();
  if (text.trim() !== '') return { kind: 'text', text };
  tell('The clipboard is empty: copy the lines of a training log first.');
  return undefined;
}

function tell(message: string): void {
  void window.showInformationMessage(message);
}

function choices(): Choice[] {
  const selected = selection();
  const document = window.activeTextEditor?.document;
  const given = (source: LogSource) => () => Promise.resolve(source);
  return [
    ...(document && mayBeLog(document)
      ? [
          {
            label: `$(file) ${nameOf(document)}`,
            description: 'the active file',
            source: given(logIn(document)),
          },
        ]
      : []),
    ...(selected ? [{ label: '$(selection) Selected text', source: given(selected) }] : []),
    // Not read before it is chosen: a browser asks whether it may be.
    { label: '$(clippy) Clipboard', source: clipboardLog },
    { label: '$(folder-opened) Open a File...', source: chooseFile },
  ];
}

async function chooseFile(): Promise<LogSource | undefined> {
  const [file] = (await window.showOpenDialog({ filters, openLabel: 'Diagnose' })) ?? [];
  return file && { kind: 'file', file };
}

/** Files and unsaved texts may be; cells of notebooks, output channels and the like have schemes without a file system. */
function mayBeLog({ uri, languageId }: TextDocument): boolean {
  return (
    languageId !== notebookType &&
    (uri.scheme === 'untitled' || workspace.fs.isWritableFileSystem(uri.scheme) !== undefined)
  );
}

/** A file as it is on the disk, which is what grows; a text that was never saved as it is. */
function logIn(document: TextDocument): LogSource {
  return document.isUntitled
    ? { kind: 'text', text: document.getText() }
    : { kind: 'file', file: document.uri };
}

function nameOf({ uri }: TextDocument): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
