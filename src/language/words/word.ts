/** What checks, completions, hovers and the reference page know of a word of the language. */
export interface Word {
  readonly name: string;
  /** How it is written, for people: `huber(prediction, truth, delta)`. */
  readonly signature: string;
  /** Markdown: one sentence that says what it is, then what one needs to know to use it. */
  readonly documentation: string;
  /** A whole cell that shows it and runs. */
  readonly example: string;
}

export interface Setting extends Word {
  /** What holds where it is left out. */
  readonly whenLeftOut: string;
  /** What completion writes behind `name = `. */
  readonly suggestion: string;
  /** The bare words it takes. */
  readonly words?: readonly string[];
  /** Where its value may be used by name, besides those that are formulas with a name. */
  readonly places?: readonly Place[];
  /** True where a list makes a sweep of it. */
  readonly sweeps: boolean;
}

/** How many values an example the result has: as its arguments, or one number for all examples. */
export type FunctionShape = 'elementwise' | 'reduction' | 'extreme' | 'loss' | 'slope' | 'draw';

export interface FunctionWord extends Word {
  readonly shape: FunctionShape;
  readonly parameters: readonly FunctionParameter[];
  /** How many arguments it takes at least; all of `parameters` at most, or any number where `variadic`. */
  readonly required: number;
  readonly variadic: boolean;
  /** The function it is another name of. */
  readonly aliasOf?: string;
}

export interface FunctionParameter {
  readonly name: string;
  readonly documentation: string;
}

export interface OptimizerWord extends Word {
  /** The lines of `for each step:` that it stands for. */
  readonly update: readonly string[];
}

/** Where a reserved name has a value. */
export type Place = 'update' | 'schedule' | 'check';

export interface ReservedWord extends Word {
  /** Everywhere in formulas where it is empty. */
  readonly places: readonly Place[];
}
