import { choose, type Experiment } from '../experiment.ts';
import type { Formula } from '../formula.ts';
import { partsOf } from '../formula.ts';
import { numericColumn, type Table } from '../table.ts';
import {
  callFormula,
  differenceFormula,
  numberFormula,
  productFormula,
  quotientFormula,
} from './build-formula.ts';
import type { Change } from './changes.ts';

/** Something made of data alone that stands beside parameters: a column, or a definition such as `size`. */
export interface Feature {
  readonly name: string;
  /** Where it can be changed: the formula of the definition, or each use of the column. */
  readonly places: readonly Formula[];
  /** The columns it is made of. */
  readonly columns: ReadonlySet<string>;
  /** It is multiplied with parameters, and not what a prediction is compared with. */
  readonly isMultiplied: boolean;
}

/** What the formulas of a single run refer to. */
export class References {
  private readonly experiment: Experiment;
  private readonly table: Table;
  private readonly parameters: ReadonlySet<string>;
  private readonly varying = new Map<string, boolean>();

  constructor(experiment: Experiment, table: Table) {
    this.experiment = experiment;
    this.table = table;
    this.parameters = new Set(experiment.parameters.map(({ name }) => name));
  }

  /** The features that reach the loss. */
  features(): Feature[] {
    const features = new Map<string, { places: Formula[]; columns: Set<string> }>();
    const reached = this.partsReached('loss', (formula) => this.varies(formula));
    const multiplied = this.multiplied(reached);
    for (const part of reached) {
      if (part.kind !== 'name' && part.kind !== 'column') continue;
      const column = this.columnOf(part);
      const definition =
        column === undefined && part.kind === 'name' ? this.definition(part.name) : undefined;
      if (column === undefined && (definition === undefined || this.varies(definition))) continue;
      const columns = this.columnsOf(part);
      if (columns.size === 0) continue;
      const name = column ?? (part.kind === 'name' ? part.name : '');
      const known = features.get(name) ?? { places: [], columns };
      const place = definition ?? part;
      if (!known.places.includes(place)) known.places.push(place);
      features.set(name, known);
    }
    return [...features].map(([name, found]) => ({ name, ...found, isMultiplied: multiplied.has(name) }));
  }

  /** The names in products one of whose factors is made of parameters alone, without data. */
  private multiplied(parts: readonly Formula[]): ReadonlySet<string> {
    const names = new Set<string>();
    for (const part of parts) {
      if (part.kind !== 'product') continue;
      const factors = part.factors.map(({ formula }) => formula);
      const isKnob = (factor: Formula) => this.varies(factor) && this.columnsOf(factor).size === 0;
      if (!factors.some(isKnob)) continue;
      for (const inside of factors.flatMap(withParts)) {
        if (inside.kind === 'name') names.add(inside.name);
        if (inside.kind === 'column') names.add(inside.column);
      }
    }
    return names;
  }

  /** All columns that a formula is made of. */
  columnsOf(formula: Formula): Set<string> {
    const columns = new Set<string>();
    const seen = new Set<string>();
    const open = [formula];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      const column = this.columnOf(part);
      if (column !== undefined) columns.add(column);
      if (column === undefined && part.kind === 'name' && !seen.has(part.name)) {
        seen.add(part.name);
        const definition = this.definition(part.name);
        if (definition !== undefined) open.push(definition);
      }
      open.push(...partsOf(part));
    }
    return columns;
  }

  /** The parts of a definition and of those it uses, as far as they are of a kind. */
  private partsReached(name: string, goesOn: (formula: Formula) => boolean): Formula[] {
    const reached: Formula[] = [];
    const seen = new Set([name]);
    const root = this.definition(name);
    const open = root === undefined ? [] : [root];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      reached.push(part);
      open.push(...partsOf(part));
      if (part.kind !== 'name' || seen.has(part.name)) continue;
      const definition = this.definition(part.name);
      if (definition === undefined || !goesOn(definition)) continue;
      seen.add(part.name);
      open.push(definition);
    }
    return reached;
  }

  private varies(formula: Formula): boolean {
    if (formula.kind !== 'name') return partsOf(formula).some((part) => this.varies(part));
    if (this.parameters.has(formula.name)) return true;
    const known = this.varying.get(formula.name);
    if (known !== undefined) return known;
    // A name on the way counts as not varying: no definition depends on itself.
    this.varying.set(formula.name, false);
    const definition = this.definition(formula.name);
    const varies = definition !== undefined && this.varies(definition);
    this.varying.set(formula.name, varies);
    return varies;
  }

  private definition(name: string): Formula | undefined {
    const definition = this.experiment.definitions.get(name);
    return definition && choose(definition, 0);
  }

  private columnOf(part: Formula): string | undefined {
    if (part.kind === 'column') return part.column;
    if (part.kind !== 'name' || this.parameters.has(part.name)) return undefined;
    if (this.experiment.definitions.has(part.name)) return undefined;
    return this.table.columns.has(part.name) ? part.name : undefined;
  }
}

function withParts(formula: Formula): Formula[] {
  return [formula, ...partsOf(formula).flatMap(withParts)];
}

/** The changes that divide a feature by a number. */
export function dividedBy(feature: Feature, scale: number): Change[] {
  return feature.places.map((at) => ({ kind: 'formula', at, by: quotient(at, scale) }));
}

/** `sqft / 100` divided by 10 is `sqft / 1000`, and by 0.1 it is `sqft / 10`. */
function quotient(formula: Formula, scale: number): Formula {
  if (formula.kind === 'product') {
    const [first, second, ...others] = formula.factors;
    if (first?.inverse === false && second?.inverse === true && others.length === 0) {
      const { formula: divisor } = second;
      if (divisor.kind === 'number')
        return quotientFormula(first.formula, numberFormula(rounded(divisor.value * scale)));
    }
  }
  return scale < 1
    ? productFormula(formula, numberFormula(rounded(1 / scale)))
    : quotientFormula(formula, numberFormula(scale));
}

/** 1000 and not 999.9999999999999. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

/** The changes that give a feature the mean 0 and the standard deviation 1. */
export function standardised(feature: Feature): Change[] {
  return feature.places.map((at) => ({
    kind: 'formula',
    at,
    by: quotientFormula(differenceFormula(at, callFormula('mean', at)), callFormula('std', at)),
  }));
}

const mostLookedAt = 20_000;

/** The power of ten that brings a feature near 1, told by its columns; 1 where it is near. */
export function scaleOf(feature: Feature, table: Table, values: Float64Array | undefined): number {
  const [column] = feature.columns;
  const numbers = values ?? (column === undefined ? undefined : numericColumn(table, column));
  if (numbers === undefined) return 1;
  const stride = Math.max(1, Math.floor(numbers.length / mostLookedAt));
  let squares = 0;
  let count = 0;
  for (let row = 0; row < numbers.length; row += stride) {
    squares += (numbers[row] ?? 0) ** 2;
    count++;
  }
  const size = Math.sqrt(squares / Math.max(1, count));
  return size > 0 && Number.isFinite(size) ? 10 ** Math.round(Math.log10(size)) : 1;
}
