import { randomBytes } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** What a window can be asked to do. */
export type Order =
  | { kind: 'open'; path: string; editor: string }
  | { kind: 'command'; command: string; arguments: unknown[] }
  | { kind: 'setting'; name: string; value: unknown }
  | { kind: 'reveal'; cell: number }
  | { kind: 'notebook' };

export type Request = Order & { id: number };
export type Answer = { id: number; result?: unknown; error?: string };

/** The notebook that a window shows. */
export type NotebookState = {
  path: string;
  dirty: boolean;
  cells: CellState[];
};

export type CellState = {
  code: boolean;
  text: string;
  /** MIME types of the outputs, in order. */
  outputs: string[];
  /** Whether a run of the cell has ended. */
  ran: boolean;
  success?: boolean;
};

/** A window whose companion has called. */
export type ControlledWindow = {
  /** Has the window do something. Rejects with the reason when it cannot, or is gone. */
  ask(order: Order): Promise<unknown>;
};

export type Control = {
  /** What the companion finds this program by, for the environment of the server. */
  env: Record<string, string>;
  close(): void;
};

type Pending = { resolve: (result: unknown) => void; reject: (error: Error) => void };

/** Listens on the loopback interface for the windows of a server; `onWindow` gets each one that calls. */
export async function listenForWindows(onWindow: (window: ControlledWindow) => void): Promise<Control> {
  const token = randomBytes(16).toString('hex');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    talk(socket, token, onWindow);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The control server has no port.');
  return {
    env: { GDNB_CONTROL_PORT: String(address.port), GDNB_CONTROL_TOKEN: token },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function talk(socket: Socket, token: string, onWindow: (window: ControlledWindow) => void): void {
  const pending = new Map<number, Pending>();
  let known = false;
  let lastId = 0;

  const ask = async (order: Order) =>
    new Promise<unknown>((resolve, reject) => {
      const request: Request = { ...order, id: ++lastId };
      if (socket.destroyed) reject(new Error('The window is gone.'));
      else {
        pending.set(request.id, { resolve, reject });
        socket.write(`${JSON.stringify(request)}\n`);
      }
    });
  const greet = (line: string) => {
    known = line === token;
    if (known) onWindow({ ask });
    else socket.destroy();
  };
  const settle = (line: string) => {
    const answer = JSON.parse(line) as Answer;
    const waiting = pending.get(answer.id);
    pending.delete(answer.id);
    if (answer.error === undefined) waiting?.resolve(answer.result);
    else waiting?.reject(new Error(answer.error));
  };
  createInterface({ input: socket })
    .on('line', (line) => {
      if (known) settle(line);
      else greet(line);
    })
    // A window that is loaded again drops its connection; `close` follows.
    .on('error', () => undefined)
    .on('close', () => {
      for (const { reject } of pending.values()) reject(new Error('The window is gone.'));
      pending.clear();
    });
}
