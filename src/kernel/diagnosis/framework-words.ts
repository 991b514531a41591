/** What one may do about a run that was made elsewhere. */
export type Measure =
  | 'lower-rate'
  | 'higher-rate'
  | 'warm-up'
  | 'decay'
  | 'clip'
  | 'larger-batch'
  | 'stop-early'
  | 'regularise'
  | 'precision'
  | 'look-at-batch';

type Words = Readonly<Record<Measure, string>>;

const inGeneral: Words = {
  'lower-rate': 'a lower learning rate',
  'higher-rate': 'a higher learning rate',
  'warm-up': 'a longer warm-up of the learning rate',
  decay: 'a learning rate that decays towards the end',
  clip: 'clipping the gradient norm, to 1 for a start',
  'larger-batch': 'a larger batch',
  'stop-early': 'stopping early, or keeping the checkpoint with the least validation loss',
  regularise: 'more data, dropout or weight decay',
  precision: 'bfloat16 or float32 in place of float16',
  'look-at-batch': 'looking at the examples of the batch where it happened',
};

/**
 * The same in the words of each framework. Sources: `TrainingArguments` of Hugging Face Transformers, `Trainer` and
 * callbacks of Lightning, callbacks and optimizers of Keras, nanoGPT's `train.py`, the options of llm.c's `train_gpt2`.
 */
const byFramework: Readonly<Record<string, Partial<Words>>> = {
  'hugging-face': {
    'lower-rate': 'a lower `learning_rate`',
    'higher-rate': 'a higher `learning_rate`',
    'warm-up': 'a larger `warmup_steps`',
    decay: '`lr_scheduler_type="cosine"`',
    clip: '`max_grad_norm=1.0`',
    'larger-batch': 'a larger `per_device_train_batch_size` or `gradient_accumulation_steps`',
    'stop-early': '`load_best_model_at_end=True` with an `EarlyStoppingCallback`',
    regularise: 'a larger `weight_decay`, more data, or fewer `num_train_epochs`',
    precision: '`bf16=True` in place of `fp16`',
  },
  lightning: {
    'lower-rate': 'a lower `lr` in `configure_optimizers`',
    'higher-rate': 'a higher `lr` in `configure_optimizers`',
    'warm-up': 'a scheduler with warm-up in `configure_optimizers`',
    decay: 'a scheduler such as `CosineAnnealingLR` in `configure_optimizers`',
    clip: '`Trainer(gradient_clip_val=1.0)`',
    'larger-batch': 'a larger `batch_size`, or `Trainer(accumulate_grad_batches=...)`',
    'stop-early': '`EarlyStopping(monitor="val_loss")` and `ModelCheckpoint(monitor="val_loss")`',
    regularise: '`weight_decay` in the optimizer, dropout, or more data',
    precision: '`Trainer(precision="bf16-mixed")` or `Trainer(precision="32-true")`',
  },
  keras: {
    'lower-rate': 'a lower `learning_rate` of the optimizer',
    'higher-rate': 'a higher `learning_rate` of the optimizer',
    'warm-up': '`CosineDecay(..., warmup_steps=...)` as the `learning_rate`',
    decay: 'the callback `ReduceLROnPlateau()`, or `CosineDecay` as the `learning_rate`',
    clip: '`clipnorm=1.0` in the optimizer',
    'larger-batch': 'a larger `batch_size` in `fit`',
    'stop-early': 'the callback `EarlyStopping(monitor="val_loss", restore_best_weights=True)`',
    regularise: '`Dropout` layers, a `kernel_regularizer`, or more data',
    precision: '`keras.mixed_precision.set_global_policy("float32")`',
  },
  nanogpt: {
    'lower-rate': 'a lower `learning_rate` (and `min_lr`, a tenth of it)',
    'higher-rate': 'a higher `learning_rate` (and `min_lr`, a tenth of it)',
    'warm-up': 'a larger `warmup_iters`',
    decay: '`decay_lr = True`, with `lr_decay_iters` equal to `max_iters`',
    clip: '`grad_clip = 1.0`',
    'larger-batch': 'a larger `batch_size` or `gradient_accumulation_steps`',
    'stop-early':
      '`always_save_checkpoint = False`, which keeps the checkpoint with the least validation loss',
    regularise: 'a larger `dropout` or `weight_decay`, or more data',
    precision: "`dtype = 'bfloat16'` or `'float32'`",
  },
  'llm.c': {
    'lower-rate': 'a lower learning rate, option `-l`',
    'higher-rate': 'a higher learning rate, option `-l`',
    'warm-up': 'more warm-up iterations, option `-u`',
    decay: 'a decay of the learning rate, options `-k cosine -q 0.0`',
    'larger-batch': 'a larger total batch, option `-d`',
    regularise: 'more weight decay, option `-c`, or more data',
    precision: 'a build with `PRECISION=BF16` or `PRECISION=FP32`',
  },
};

/** How each framework is told a learning rate. */
const rateSettings: Readonly<Record<string, (rate: string) => string>> = {
  'hugging-face': (rate) => `learning_rate=${rate}`,
  lightning: (rate) => `lr=${rate}`,
  keras: (rate) => `learning_rate=${rate}`,
  nanogpt: (rate) => `learning_rate = ${rate}`,
  'llm.c': (rate) => `-l ${rate}`,
};

/** A learning rate as a framework is told it, or by itself where the framework is not known. */
export function rateSetting(rate: string, framework: string | undefined): string {
  return (framework === undefined ? undefined : rateSettings[framework]?.(rate)) ?? rate;
}

/** A measure in the words of a framework, or in general ones where the framework is not known. */
export function wordsFor(measure: Measure, framework: string | undefined): string {
  return (framework === undefined ? undefined : byFramework[framework]?.[measure]) ?? inGeneral[measure];
}
