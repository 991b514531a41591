import type { Check, Experiment, Parameter } from './experiment.ts';
import type { RunData } from './data.ts';
import type { Graph, Node } from './graph.ts';
import type { RunSettings } from './run.ts';
import type { Scope } from './scope.ts';
import type { Table } from './table.ts';
import type { UpdateNodes } from './update.ts';

/** Which update this is, counted from 1, and in which epoch; known to the learning rate and to the update. */
export const timeNames = ['step', 'epoch'] as const;

/** What a check may use besides parameters and definitions. */
export const endNames = ['steps_taken', 'epochs_taken', 'validation_loss', 'diverged'] as const;

/** An experiment that has met its data: compiled, and ready to run as often as one likes. */
export interface Program {
  readonly experiment: Experiment;
  readonly table?: Table;
  /** One for each run of the sweep. */
  readonly runs: readonly [PreparedRun, ...PreparedRun[]];
}

export interface PreparedCheck {
  readonly check: Check;
  readonly left: Node;
  readonly right: Node;
}

/** One run of an experiment as nodes and numbers. */
export interface PreparedRun {
  /** Which run of the sweep this is, counted from 0. */
  readonly index: number;
  readonly label: string;
  readonly settings: RunSettings;
  readonly graph: Graph;
  readonly scope: Scope;
  readonly data: RunData;
  readonly parameters: readonly Parameter[];
  /** The nodes of the parameters, in their order. */
  readonly symbols: readonly Node[];
  readonly starts: Float64Array;
  readonly loss: Node;
  /** The partial derivatives of the loss, one for each parameter. */
  readonly gradient: readonly Node[];
  readonly learningRate: Node;
  readonly update: UpdateNodes;
  /** The update with another learning rate. */
  readonly updateAt: (learningRate: Node) => UpdateNodes;
  readonly schedule: Schedule;
  readonly checks: readonly PreparedCheck[];
}

/** How a run goes through its steps. */
export interface Schedule {
  readonly steps: number;
  /** The training rows; 0 without data. */
  readonly rows: number;
  /** Rows a batch; the training rows where there are no minibatches. */
  readonly batchSize: number;
  readonly hasBatches: boolean;
  readonly stepsPerEpoch: number;
  /** With minibatches, the full loss is taken every so many steps of an epoch, and at its end. */
  readonly stepsPerFullLoss: number;
  readonly patience?: number;
}
