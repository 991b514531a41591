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
  const choice = await window.showQuickPick(await choices(), {
    title: 'Diagnose a Training Log',
    placeHolder: 'Where is the log?',
  });
  return choice?.source();
}

/** The text that is selected in the active editor; undefined where none is. */
export function selectedLog(): LogSource | undefined {
  const editor = window.activeTextEditor;
  const text = editor?.selections
    .filter(({ isEmpty }) => !isEmpty)
    .map((selection) => editor.document.getText(selection))
    .join('\n');
  return text === undefined || text.trim() === '' ? undefined : { kind: 'text', text };
}

/** The text in the clipboard; undefined where there is none. */
export async function clipboardLog(): Promise<LogSource | undefined> {
  const text = await env.clipboard.readText();
  return text.trim() === '' ? undefined : { kind: 'text', text };
}

async function choices(): Promise<Choice[]> {
  const selected = selectedLog();
  const document = window.activeTextEditor?.document;
  const clipboard = await clipboardLog();
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
    ...(clipboard?.kind === 'text'
      ? [{ label: '$(clippy) Clipboard', description: firstLine(clipboard.text), source: given(clipboard) }]
      : []),
    { label: '$(folder-opened) Open a file…', source: chooseFile },
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

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
