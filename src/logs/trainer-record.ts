import { readNumber } from './number.ts';

/** What one record of Hugging Face's Trainer says; what it does not say is undefined. */
export interface TrainerRecord {
  readonly step?: number | undefined;
  readonly epoch?: number | undefined;
  readonly loss?: number | undefined;
  readonly validationLoss?: number | undefined;
  readonly gradientNorm?: number | undefined;
  readonly learningRate?: number | undefined;
  /** Whether it closes a training, as the record with the run time does. */
  readonly ends: boolean;
}

/** The loss on one of several evaluation sets. */
const namedEvaluation = /^eval_.*loss$/;

/**
 * Makes records of dictionaries as the Trainer logs them. Of several evaluation sets the first one counts all along,
 * unless there is a plain `eval_loss`. The `train_loss` at the end is the mean over the run, and no record of a step.
 * Source: transformers/trainer.py (`_maybe_log_save_evaluate`, `log`), transformers/trainer_callback.py.
 */
export class TrainerRecords {
  #evaluation: string | undefined;

  read(entries: ReadonlyMap<string, string>): TrainerRecord {
    const number = (name: string): number | undefined => readNumber(entries.get(name) ?? '');
    const step = number('step') ?? number('global_step') ?? number('current_steps');
    const epoch = number('epoch');
    return {
      step: Number.isFinite(step) ? step : undefined,
      epoch: Number.isFinite(epoch) ? epoch : undefined,
      loss: number('loss'),
      validationLoss: number('eval_loss') ?? this.#namedEvaluation(entries),
      gradientNorm: number('grad_norm'),
      learningRate: number('learning_rate') ?? number('lr'),
      ends: entries.has('train_runtime'),
    };
  }

  #namedEvaluation(entries: ReadonlyMap<string, string>): number | undefined {
    if (this.#evaluation === undefined) {
      for (const [name, text] of entries) {
        if (!namedEvaluation.test(name) || readNumber(text) === undefined) continue;
        this.#evaluation = name;
        break;
      }
    }
    return this.#evaluation === undefined ? undefined : readNumber(entries.get(this.#evaluation) ?? '');
  }
}

/** Whether a record has what tells the Trainer's records from other dictionaries. */
export function hasLoss(record: TrainerRecord): boolean {
  return record.loss !== undefined || record.validationLoss !== undefined;
}

/** Whether a record has anything for a curve. */
export function hasValue(record: TrainerRecord): boolean {
  return hasLoss(record) || record.gradientNorm !== undefined || record.learningRate !== undefined;
}
