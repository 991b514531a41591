// An extension beside ours. In a window of `npm start` it opens the lesson, which no command line and no address
// can open as a notebook in a fresh profile. In a window of the page tests it does what they ask.
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';

import * as vscode from 'vscode';

import type { Answer, NotebookState, Order, Request } from './control.ts';

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const { GDNB_OPEN: lesson, GDNB_CONTROL_PORT: port, GDNB_CONTROL_TOKEN: token } = process.env;
  if (port !== undefined && token !== undefined) context.subscriptions.push(takeOrders(Number(port), token));
  // A window that has tabs is one in which somebody has worked before: it keeps what is open.
  const isFresh = vscode.window.tabGroups.all.every((group) => group.tabs.length === 0);
  if (lesson !== undefined && isFresh) await obey({ kind: 'open', path: lesson, editor: 'gdnb' });
}

function takeOrders(port: number, token: string): vscode.Disposable {
  const socket = createConnection(port, '127.0.0.1');
  const send = (answer: Answer) => socket.write(`${JSON.stringify(answer)}\n`);
  socket.on('error', (error) => {
    console.error(`The program that opened this window cannot be reached: ${error.message}`);
  });
  socket.write(`${token}\n`);
  createInterface({ input: socket }).on('line', (line) => {
    const { id, ...order } = JSON.parse(line) as Request;
    obey(order).then(
      (result) => send({ id, result }),
      (error: unknown) => send({ id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  return new vscode.Disposable(() => socket.destroy());
}

async function obey(order: Order): Promise<unknown> {
  switch (order.kind) {
    case 'open':
      await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(order.path), order.editor);
      return undefined;
    case 'command':
      await vscode.commands.executeCommand(order.command, ...order.arguments);
      return undefined;
    case 'setting':
      await vscode.workspace
        .getConfiguration()
        .update(order.name, order.value, vscode.ConfigurationTarget.Global);
      return undefined;
    case 'reveal':
      vscode.window.activeNotebookEditor?.revealRange(
        new vscode.NotebookRange(order.cell, order.cell + 1),
        vscode.NotebookEditorRevealType.AtTop,
      );
      return undefined;
    case 'notebook':
      return notebookState();
  }
}

function notebookState(): NotebookState | undefined {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (notebook === undefined) return undefined;
  return {
    path: notebook.uri.path,
    dirty: notebook.isDirty,
    cells: notebook.getCells().map((cell) => ({
      code: cell.kind === vscode.NotebookCellKind.Code,
      text: cell.document.getText(),
      outputs: cell.outputs.flatMap((output) => output.items.map((item) => item.mime)),
      ran: cell.executionSummary?.timing !== undefined,
      ...(cell.executionSummary?.success !== undefined && { success: cell.executionSummary.success }),
    })),
  };
}
