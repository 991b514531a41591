import type { ComparisonOperator } from './formula.ts';
import type { Precision } from './experiment.ts';
import type { Node } from './graph.ts';
import { inOrder } from './in-order.ts';
import { perform, type Arithmetic, type Unary } from './operations.ts';
import type { RowFunctions } from './wasm/row-functions.ts';

/** A piece of generated text that has a value. */
export interface Expression {
  readonly text: string;
  /** What binds loosest in the text: decides where parentheses are needed. */
  readonly binds: 'atom' | 'product' | 'sum';
  /** For a comparison: the text that is true or false, not 1 or 0. */
  readonly condition?: string;
  /** How many operations the text holds. */
  readonly size: number;
  /** For a value that the loop over rows reads from memory: the place of its column. */
  readonly column?: number;
}

/** What the nodes are called that generated code has already. */
export type Names = Map<Node, Expression>;

/** Longer expressions are cut into several statements, so that engines never meet deep nesting. */
const longestExpression = 24;

/**
 * Writes the text of one generated function. Only names made here and numbers go into it: short whole numbers as
 * they are, all others by their place in `constants`, so that experiments that differ in a number share one text.
 */
export class Writer {
  readonly constants: number[] = [];
  readonly precision: Precision;
  private lines: string[] = [];
  private readonly functions = new Map<string, string>();
  private readonly places = new Map<number, number>();
  private locals = 0;
  /** Where loops over rows are calls of WebAssembly: the functions for them. */
  readonly rowFunctions: RowFunctions | undefined;

  constructor(precision: Precision, rowFunctions?: RowFunctions) {
    this.precision = precision;
    this.rowFunctions = rowFunctions;
  }

  line(text: string): void {
    this.lines.push(text);
  }

  /** A new local that keeps the value of an expression. */
  keep(value: Expression): Expression {
    if (value.size === 0) return value;
    return this.local('const', value.text);
  }

  local(declaration: 'const' | 'let', text: string): Expression {
    const name = `v${this.locals++}`;
    this.line(`${declaration} ${name} = ${text};`);
    return atom(name);
  }

  constant(value: number): Expression {
    if (Number.isInteger(value) && Math.abs(value) <= 2 && !Object.is(value, -0)) {
      return atom(value < 0 ? `(${value})` : String(value));
    }
    let place = this.places.get(value);
    if (place === undefined) {
      place = this.constants.push(value) - 1;
      this.places.set(value, place);
    }
    return atom(`k${place}`);
  }

  /** Writes what `roots` are made of, each once, beyond what `names` holds; `names` then holds it too. */
  write(roots: readonly Node[], names: Names): void {
    const isKnown = (node: Node) => names.has(node);
    const order = inOrder(roots, isKnown);
    const uses = new Map<Node, number>();
    const use = (node: Node) => uses.set(node, (uses.get(node) ?? 0) + 1);
    roots.forEach(use);
    for (const node of order) if (!isKnown(node)) node.operands.forEach(use);
    for (const node of order) {
      if (isKnown(node)) continue;
      const value = this.express(node, names);
      names.set(node, (uses.get(node) ?? 0) > 1 ? this.keep(value) : value);
    }
  }

  /** As `write`, and every root is a local afterwards. */
  writeLocals(roots: readonly Node[], names: Names): void {
    this.write(roots, names);
    for (const root of roots) names.set(root, this.keep(nameOf(root, names)));
  }

  readonly arithmetic: Arithmetic<Expression> = {
    add: (left, right) => this.binary('sum', left, '+', right),
    subtract: (left, right) => this.binary('sum', left, '-', right),
    multiply: (left, right) => this.binary('product', left, '*', right),
    divide: (left, right) => this.binary('product', left, '/', right),
    negate: (value) => this.short({ text: `(-${enclosed(value)})`, binds: 'atom', size: value.size + 1 }),
    call: (name, value) => this.rounded(this.callOf(name, [value])),
    pow: (base, exponent) => this.rounded(this.callOf('pow', [base, exponent])),
    compare: (operator, left, right) => {
      const condition = `${enclosed(left)} ${strict(operator)} ${enclosed(right)}`;
      const size = left.size + right.size + 1;
      return this.short({ text: `(${condition} ? 1 : 0)`, binds: 'atom', size, condition });
    },
    choose: (condition, chosen, other) => {
      const test = condition.condition ?? `${enclosed(condition)} !== 0`;
      const text = `(${test} ? ${chosen.text} : ${other.text})`;
      return this.short({ text, binds: 'atom', size: condition.size + chosen.size + other.size + 1 });
    },
    largest: (values) => this.callOf('max', values),
    smallest: (values) => this.callOf('min', values),
    positivePart: (value) => this.callOf('max', [value, atom('0')]),
    keep: (value) => this.keep(value),
  };

  /** The text so far, below the lines that fetch the functions and constants that it uses. */
  text(): string {
    const functions = [...this.functions].map(([name, source]) => `const ${name} = ${source};`);
    const constants = this.constants.map((_, place) => `const k${place} = constants[${place}];`);
    const rows = this.rowFunctions?.names ?? [];
    const calls = rows.length === 0 ? [] : [`const { sumsOfRows, ${rows.join(', ')} } = rowFunctions;`];
    return [...functions, ...constants, ...calls, ...this.lines].join('\n');
  }

  private express(node: Node, names: Names): Expression {
    switch (node.operation) {
      case 'constant':
        return this.constant(node.value);
      case 'cross-entropy':
        return operandNames(node, names)[0] ?? atom('NaN');
      case 'symbol':
      case 'column':
      case 'reduction':
        throw new Error(`Generated code has no ${node.operation} here.`);
      default:
        return perform(node, operandNames(node, names), this.arithmetic);
    }
  }

  private binary(binds: 'sum' | 'product', left: Expression, sign: string, right: Expression): Expression {
    const leftText = binds === 'product' && left.binds === 'sum' ? enclosed(left) : left.text;
    const rightText = right.binds === 'atom' || (binds === 'sum' && right.binds === 'product');
    const text = `${leftText} ${sign} ${rightText ? right.text : enclosed(right)}`;
    return this.rounded({ text, binds, size: left.size + right.size + 1 });
  }

  private callOf(name: Unary | 'pow' | 'max' | 'min', values: readonly Expression[]): Expression {
    const inMath = ['sqrt', 'abs', 'sign', 'max', 'min'].includes(name);
    if (!inMath) this.functions.set(name, `special.${name}`);
    const text = `${inMath ? `Math.${name}` : name}(${values.map((value) => value.text).join(', ')})`;
    const size = values.reduce((sum, value) => sum + value.size, 1);
    return this.short({ text, binds: 'atom', size });
  }

  private rounded(value: Expression): Expression {
    if (this.precision === 'float64') return this.short(value);
    return this.short({ text: `Math.fround(${value.text})`, binds: 'atom', size: value.size });
  }

  private short(value: Expression): Expression {
    return value.size > longestExpression ? this.keep(value) : value;
  }
}

/** A text that needs no parentheses anywhere: a name, or a number. */
export function atom(text: string): Expression {
  return { text, binds: 'atom', size: 0 };
}

/**
 * What a node is called that generated code has already.
 *
 * @throws Error where the code does not have it yet
 */
export function nameOf(node: Node, names: Names): Expression {
  const name = names.get(node);
  if (name === undefined) throw new Error(`Generated code has no value for a ${node.operation}.`);
  return name;
}

function operandNames(node: Node, names: Names): Expression[] {
  return node.operands.map((operand) => nameOf(operand, names));
}

function enclosed(value: Expression): string {
  return value.binds === 'atom' ? value.text : `(${value.text})`;
}

function strict(operator: ComparisonOperator): string {
  return operator === '==' ? '===' : operator === '!=' ? '!==' : operator;
}
