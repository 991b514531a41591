import { judgeLog } from '../../src/editor/training-log/judge-log.ts';
import { logPayloadVersion, type LogPayload } from '../../src/output/index.ts';

/** What the figure of a training log is given. */
export async function logPayloadOf(text: string, file: string): Promise<LogPayload> {
  const bytes = new TextEncoder().encode(text);
  const log = await judgeLog(bytes, file);
  return {
    version: logPayloadVersion,
    cell: 'cell-1',
    file,
    state: 'complete',
    bytes: bytes.length,
    bytesTotal: bytes.length,
    ...log,
  };
}

/** Noise between -1 and 1, the same every time. */
function shake(index: number): number {
  const value = Math.sin(index * 12.9898) * 43758.5453;
  return 2 * (value - Math.floor(value)) - 1;
}

/** A fine-tuning by the Hugging Face Trainer whose loss becomes NaN after it has grown. */
export function brokenTrainerState(): string {
  const records = Array.from({ length: 60 }, (_, index) => {
    const step = 10 * (index + 1);
    const rate = 1e-3 * Math.min(1, (index + 1) / 25);
    const isGrowing = index >= 26;
    const isBroken = index >= 34;
    const loss = isGrowing
      ? 2.05 * 1.42 ** (index - 25)
      : 2 + 2.4 * Math.exp(-index / 9) + 0.05 * shake(index);
    const norm = isGrowing ? 1.6 ** (index - 24) : 1.1 + 0.3 * shake(index + 7);
    const values = isBroken
      ? `"grad_norm": NaN, "learning_rate": ${rate}, "loss": 0.0`
      : `"grad_norm": ${norm.toFixed(4)}, "learning_rate": ${rate}, "loss": ${loss.toFixed(4)}`;
    return `    {"epoch": ${(step / 200).toFixed(2)}, ${values}, "step": ${step}}`;
  });
  return `{\n  "global_step": 600,\n  "log_history": [\n${records.join(',\n')}\n  ]\n}\n`;
}

/** A model of Keras that learns its training examples by heart. */
export function overfittingKerasLog(): string {
  const rows = Array.from({ length: 40 }, (_, epoch) => {
    const loss = 0.08 + 1.5 * Math.exp(-epoch / 8) + 0.01 * shake(epoch);
    const validation =
      0.52 + 1.1 * Math.exp(-epoch / 5) + 0.013 * Math.max(0, epoch - 12) + 0.012 * shake(epoch + 99);
    return `${epoch},${(1 - loss / 3).toFixed(4)},${loss.toFixed(6)},0.001,${(0.8 - validation / 9).toFixed(4)},${validation.toFixed(6)}`;
  });
  return `epoch,accuracy,loss,learning_rate,val_accuracy,val_loss\n${rows.join('\n')}\n`;
}

/** A pretraining with nanoGPT: no rate in its log, evaluations every 250 iterations. */
export function pretrainingNanoGptLog(): string {
  const lines = Array.from({ length: 400 }, (_, index) => {
    const step = 10 * index;
    const loss = 3.1 + 7.6 * Math.exp(-step / 500) - 0.00009 * step + 0.06 * shake(index);
    const evaluation =
      step % 250 === 0
        ? [`step ${step}: train loss ${loss.toFixed(4)}, val loss ${(loss + 0.04).toFixed(4)}`]
        : [];
    return [...evaluation, `iter ${step}: loss ${loss.toFixed(4)}, time 231.12ms, mfu 34.10%`].join('\n');
  });
  return `${lines.join('\n')}\n`;
}

/** A pretraining with llm.c, whose rate warms up and decays. */
export function pretrainingLlmcLog(): string {
  const lines = Array.from({ length: 500 }, (_, index) => {
    const rate =
      index < 60 ? (6e-4 * (index + 1)) / 60 : 3e-4 * (1 + Math.cos((Math.PI * (index - 60)) / 440));
    const loss = 3.3 + 7.6 * Math.exp(-index / 55) - 0.0009 * index + 0.05 * shake(index);
    const norm = 0.45 + 2.5 * Math.exp(-index / 30) + 0.12 * Math.abs(shake(index + 3));
    return `s:${index} trl:${loss.toFixed(4)} lr:${rate.toFixed(6)} norm:${norm.toFixed(2)}`;
  });
  return `${lines.join('\n')}\n`;
}
