import type { JsonFormat, LineFormat } from './format.ts';
import { keras } from './keras.ts';
import { lightning } from './lightning.ts';
import { llmcMainLog } from './llmc-main-log.ts';
import { llmcOutput } from './llmc-output.ts';
import { nanoGpt } from './nanogpt.ts';
import { printedDictionaries } from './printed-dictionaries.ts';
import { tensorBoardCsv } from './tensorboard-csv.ts';
import { tensorBoardJson } from './tensorboard-json.ts';
import { trainerState } from './trainer-state.ts';

export const jsonFormats: readonly JsonFormat[] = [trainerState, tensorBoardJson];

/** Where a line might be of two formats the first has it: Lightning's header may begin with `epoch` as Keras' does. */
export const lineFormats: readonly LineFormat[] = [
  printedDictionaries,
  lightning,
  keras,
  tensorBoardCsv,
  nanoGpt,
  llmcOutput,
  llmcMainLog,
];
