import { commands, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { ExtensionContext, NotebookEditor } from 'vscode';

import { LogError } from '../../logs/index.ts';
import type { LessonController } from '../controller.ts';
import type { DataFiles } from '../data-files.ts';
import { DataFileError } from '../data-path.ts';
import { selectController } from '../run-on-open.ts';
import { judgeLog } from './judge-log.ts';
import { LogNotebooks, UnnameableError } from './log-notebook.ts';
import { askForLog, clipboardLog, selectedLog, type LogSource } from './log-source.ts';
import type { TrainingLogs } from './training-logs.ts';

/** What may be given to the command in place of being asked: a file, or the words for a text. */
type Given = Uri | 'clipboard' | 'selection' | undefined;

/** Registers the commands that open a notebook about a training log. */
export function registerTrainingLogCommand(
  context: ExtensionContext,
  controller: LessonController,
  dataFiles: DataFiles,
  logs: TrainingLogs,
): void {
  const notebooks = new LogNotebooks(context, dataFiles);
  const diagnose = async (given?: Given): Promise<void> => {
    const source = await sourceOf(given);
    if (!source) return;
    const editor = await openNotebook(source, notebooks, logs);
    if (editor) await runUnlessItDoes(editor, context, controller);
  };
  context.subscriptions.push(
    commands.registerCommand('gdnb.diagnoseTrainingLog', async (given?: Given, selected?: unknown) => {
      for (const each of isFiles(selected) ? selected : [given]) await diagnose(each);
    }),
    commands.registerCommand('gdnb.diagnoseSelectedTrainingLog', () => diagnose('selection')),
  );
}

/** The explorer gives all files that are selected besides the one that was clicked. */
function isFiles(selected: unknown): selected is Uri[] {
  return Array.isArray(selected) && selected.length > 0 && selected.every((each) => each instanceof Uri);
}

async function sourceOf(given: Given): Promise<LogSource | undefined> {
  if (given instanceof Uri) return { kind: 'file', file: given };
  if (given === undefined) return askForLog();
  return given === 'clipboard' ? clipboardLog() : selectedLog();
}

/** Reads the log before a notebook is made, which then shows what was read. */
async function openNotebook(
  source: LogSource,
  notebooks: LogNotebooks,
  logs: TrainingLogs,
): Promise<NotebookEditor | undefined> {
  try {
    if (!(await isRead(source, logs))) return undefined;
    return await (source.kind === 'file'
      ? notebooks.openForFile(source.file)
      : notebooks.openForText(source.text));
  } catch (error) {
    if (!isForPeople(error)) throw error;
    const [message = '', ...details] = error.message.split('\n');
    await window.showErrorMessage(message, { modal: true, detail: details.join('\n') });
    return undefined;
  }
}

/** Reads the log, which fails where it is none; false where a person ended that. */
async function isRead(source: LogSource, logs: TrainingLogs): Promise<boolean> {
  const abort = new AbortController();
  const { signal } = abort;
  const options = {
    location: ProgressLocation.Notification,
    title: 'Reading the training log',
    cancellable: true,
  };
  return window.withProgress(options, async (progress, token) => {
    const listener = token.onCancellationRequested(() => {
      abort.abort();
    });
    let shown = 0;
    const onProgress = (bytes: number, total: number) => {
      const share = total === 0 ? 0 : Math.floor((100 * bytes) / total);
      if (share > shown) progress.report({ increment: share - shown });
      shown = Math.max(shown, share);
    };
    try {
      if (source.kind === 'file')
        await logs.readFile(source.file, nameOf(source.file), { signal, onProgress });
      else await judgeText(source.text, signal, onProgress);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      throw error;
    } finally {
      listener.dispose();
    }
  });
}

async function judgeText(
  text: string,
  signal: AbortSignal,
  onProgress: (bytes: number, total: number) => void,
): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  await judgeLog(bytes, '', {
    signal,
    onProgress: (done) => {
      onProgress(done, bytes.length);
    },
  });
}

function isForPeople(error: unknown): error is Error {
  return error instanceof LogError || error instanceof DataFileError || error instanceof UnnameableError;
}

/** Where notebooks do not run when they are opened, this one does: that is what was asked for. */
async function runUnlessItDoes(
  editor: NotebookEditor,
  context: ExtensionContext,
  controller: LessonController,
): Promise<void> {
  const { notebook } = editor;
  if (
    !workspace.isTrusted ||
    workspace.getConfiguration('gdnb', notebook.uri).get<boolean>('runOnOpen', true)
  )
    return;
  if (await selectController(editor, context, controller))
    await controller.run(notebook, notebook.getCells(), { goOn: true });
}

function nameOf({ path }: Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
