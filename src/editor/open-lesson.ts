import {
  commands,
  FileSystemError,
  NotebookCellKind,
  NotebookEditorRevealType,
  NotebookRange,
  window,
  workspace,
} from 'vscode';
import type { ExtensionContext, NotebookDocument, Uri } from 'vscode';

import { bundledFiles, firstLesson, isNotebook, titleOf } from './lessons/bundled.ts';
import { chooseFolder } from './lessons/choose-folder.ts';
import { copyInto } from './lessons/copy-into.ts';
import { CopyRecord } from './lessons/copy-record.ts';
import { findCopy, pathOf } from './lessons/find-copy.ts';
import { LessonCopy } from './lessons/lesson-copy.ts';
import { tellNewer } from './lessons/newer.ts';
import { restoreLesson } from './lessons/restore.ts';
import { notebookType } from './serializer.ts';

/** The commands that open, copy and restore the lessons: the person's own, since an installed extension's are not edited. */
export function registerOpenLesson(context: ExtensionContext): void {
  const lessons = new Lessons(context);
  context.subscriptions.push(
    commands.registerCommand('gdnb.openLesson', async (name?: unknown, heading?: unknown) =>
      lessons.open(
        typeof name === 'string' ? name : firstLesson,
        typeof heading === 'string' ? heading : undefined,
      ),
    ),
    commands.registerCommand('gdnb.chooseLesson', async () => lessons.choose()),
    commands.registerCommand('gdnb.copyLessons', async () => lessons.copyToFolder()),
    commands.registerCommand('gdnb.restoreLesson', async () => lessons.restore()),
    workspace.onDidOpenNotebookDocument(async (notebook) => lessons.welcome(notebook)),
  );
  for (const notebook of workspace.notebookDocuments) void lessons.welcome(notebook);
}

class Lessons {
  readonly #context: ExtensionContext;
  readonly #record: CopyRecord;
  /** Folders whose lessons were compared with the extension's since the window opened. */
  readonly #compared = new Set<string>();
  #latest: Promise<unknown> = Promise.resolve();

  constructor(context: ExtensionContext) {
    this.#context = context;
    this.#record = new CopyRecord(context);
  }

  /** Opens the person's copy of a lesson, made if need be, with the cell below a heading selected where one is given. */
  async open(name: string, heading?: string): Promise<void> {
    await this.#inTurn(async () => {
      const copy = await findCopy(this.#context, this.#record);
      if (copy) await this.#show(copy, name, heading);
    });
  }

  /** Lets the person choose which lesson to open. */
  async choose(): Promise<void> {
    const notebooks = (await bundledFiles(this.#context)).filter(isNotebook);
    const items = notebooks.map((file) => ({
      label: titleOf(file),
      description: file.name,
      name: file.name,
    }));
    const first = items.filter(({ name }) => name === firstLesson);
    const others = items.filter(({ name }) => name !== firstLesson);
    const chosen = await window.showQuickPick([...first, ...others], {
      title: 'Choose a Lesson',
      placeHolder: 'Opens your own copy of it',
    });
    if (chosen) await this.open(chosen.name);
  }

  /** Copies the lessons, with what was made of them, to a folder that the person chooses; they are there from then on. */
  async copyToFolder(): Promise<void> {
    const parent = await chooseFolder();
    if (!parent) return;
    await this.#inTurn(async () => {
      const { folder, wasThere } = await copyInto(parent, this.#record);
      await this.#show(new LessonCopy(folder, await bundledFiles(this.#context), this.#record), firstLesson);
      const where = pathOf(folder);
      tellPlace(
        folder,
        wasThere
          ? `The lessons in "${where}" were left as they are. They are yours from now on.`
          : `Your lessons are in "${where}" now.`,
      );
    });
  }

  /** Makes a lesson as it came. */
  async restore(): Promise<void> {
    await this.#inTurn(async () => {
      const copy = await findCopy(this.#context, this.#record);
      if (copy) await restoreLesson(copy, await bundledFiles(this.#context));
    });
  }

  /** Compares the lessons with the extension's when one of them was opened by another way than its command. */
  async welcome({ uri, notebookType: type }: NotebookDocument): Promise<void> {
    if (type !== notebookType) return;
    await this.#inTurn(async () => {
      const folder = await this.#record.folder();
      if (this.#compared.has(folder.toString()) || !uri.toString().startsWith(`${folder.toString()}/`))
        return;
      await this.#refresh(new LessonCopy(folder, await bundledFiles(this.#context), this.#record));
    });
  }

  async #show(copy: LessonCopy, name: string, heading?: string): Promise<void> {
    try {
      await this.#refresh(copy);
    } catch (error) {
      // A copy in a folder that has become read-only can still be worked through.
      if (!(await copy.has(name))) throw error;
      tellError(error);
    }
    await commands.executeCommand('vscode.openWith', copy.at(name), notebookType);
    if (heading !== undefined) revealHeading(heading);
  }

  async #refresh(copy: LessonCopy): Promise<void> {
    this.#compared.add(copy.folder.toString());
    tellNewer(copy, await copy.refresh());
  }

  /** One after the other, since each reads and writes the same files; an error is told to the person. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#latest.then(work).catch(tellError);
    this.#latest = turn;
    return turn;
  }
}

function revealHeading(heading: string): void {
  const editor = window.activeNotebookEditor;
  const cell = editor?.notebook
    .getCells()
    .find(
      ({ kind, document }) => kind === NotebookCellKind.Markup && hasHeading(document.getText(), heading),
    );
  if (!editor || !cell) return;
  // A heading ends the prose of a cell, and the next cell is what it is about.
  const index = Math.min(cell.index + 1, editor.notebook.cellCount - 1);
  const range = new NotebookRange(index, index + 1);
  editor.selection = range;
  editor.revealRange(range, NotebookEditorRevealType.InCenter);
}

function hasHeading(markdown: string, heading: string): boolean {
  return markdown
    .split('\n')
    .some((line) => line.replace(/^#+ +/, '').trim() === heading && line.startsWith('#'));
}

function tellPlace(folder: Uri, message: string): void {
  const isOpen = workspace.getWorkspaceFolder(folder) !== undefined;
  void window.showInformationMessage(message, ...(isOpen ? [] : ['Open Folder'])).then(async (chosen) => {
    if (chosen !== undefined) await commands.executeCommand('vscode.openFolder', folder);
  });
}

function tellError(error: unknown): void {
  const message = `The lessons could not be copied: ${reasonOf(error)} Choose a folder that you may write to.`;
  void window.showErrorMessage(message, 'Choose a Folder...').then(async (chosen) => {
    if (chosen !== undefined) await commands.executeCommand('gdnb.copyLessons');
  });
}

/** What a file system says of a failure is for its own kind to read. */
const reasons: Readonly<Record<string, string>> = {
  FileNotFound: 'nothing can be made there.',
  FileNotADirectory: 'there is a file in the place of a folder.',
  NoPermissions: 'writing there is not allowed.',
  Unavailable: 'the folder cannot be reached.',
};

function reasonOf(error: unknown): string {
  const known = error instanceof FileSystemError ? reasons[error.code] : undefined;
  if (known !== undefined) return known;
  const said = error instanceof Error ? error.message : String(error);
  return said.endsWith('.') ? said : `${said}.`;
}
