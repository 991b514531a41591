import { columnsOf, type Columns, type DataFile } from './columns.ts';
import { isOfUpdate, putIntoBlock, writeNudgeFor } from './into-block.ts';
import { replaceBy, type Fix, type Problems } from './problems.ts';
import { isDescent, NudgeFixes } from './nudge-fixes.ts';
import { renameAll, renameWithin, unusedName } from './rename-names.ts';
import { reportSettingInBlock } from './setting-in-block.ts';
import {
  isExpression,
  walk,
  type Assignment,
  type BlockStatement,
  type CheckStatement,
  type Expression,
} from './syntax.ts';
import type { ListNode, NameNode, ParametersStatement, StartNode, Statement } from './syntax.ts';
import { indentationAt, lineEndOf, removeStatement } from './text-lines.ts';
import { lineNumber, type Tree } from './parse.ts';
import { updateTargets } from './words/reserved.ts';
import { formulaSettings } from './words/settings.ts';
import { isFormulaSetting, isReserved, isSetting } from './words/words.ts';

/** A name with a formula, or with one formula for each run of a sweep. */
export interface Definition {
  readonly name: string;
  readonly place: NameNode;
  readonly value: Expression;
  readonly alternatives: readonly Expression[];
  readonly list?: ListNode;
  /** True where it stands inside `for each step:` but belongs to the loss. */
  readonly lifted: boolean;
}

export type ParameterEntry = Omit<Definition, 'lifted'>;

/** What the statements of a cell say, sorted by what they say it of. The first of two wins. */
export interface Cell {
  readonly tree: Tree;
  /** Statements of settings that are not formulas with a name. */
  readonly settings: ReadonlyMap<string, Assignment>;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly parameters: ReadonlyMap<string, ParameterEntry>;
  readonly block?: BlockStatement;
  /** The lines of the block that run at every step. */
  readonly update: readonly Assignment[];
  /** The names assigned by `update`, without `parameter` and `gradient`. */
  readonly memories: ReadonlySet<string>;
  readonly checks: readonly CheckStatement[];
  /** Words of the language that were given as names all the same: nothing is concluded from their uses. */
  readonly refused: ReadonlySet<string>;
  readonly columns: Columns;
}

/** Sorts the statements of a cell and reports names that are given twice or may not be given at all. */
export function collect(tree: Tree, file: DataFile, problems: Problems): Cell {
  const gathering = new Gathering(tree, problems);
  for (const statement of tree.statements) {
    switch (statement.kind) {
      case 'assignment':
        gathering.assign(statement);
        break;
      case 'parameters':
        for (const start of statement.starts) gathering.declare(start, statement);
        break;
      case 'check':
        gathering.checks.push(statement);
        break;
      case 'block':
        gathering.enterBlock(statement);
        break;
      case 'unreadable':
        break;
    }
  }
  const columns = columnsOf(gathering.settings.get('data')?.value, file, problems);
  return { ...gathering.finish(), columns };
}

class Gathering {
  readonly settings = new Map<string, Assignment>();
  readonly checks: CheckStatement[] = [];
  private readonly definitions = new Map<string, Definition>();
  private readonly parameters = new Map<string, ParameterEntry>();
  private readonly refused = new Set<string>();
  private block: BlockStatement | undefined;
  private readonly tree: Tree;
  private readonly problems: Problems;

  constructor(tree: Tree, problems: Problems) {
    this.tree = tree;
    this.problems = problems;
  }

  assign(statement: Assignment): void {
    const { name } = statement;
    if (isSetting(name.name) && !isFormulaSetting(name.name)) {
      if (this.isNew(name, statement)) this.settings.set(name.name, statement);
    } else if (this.mayBeDefined(statement) && this.isNew(name, statement)) {
      this.define(statement, false);
    }
  }

  declare(start: StartNode, statement: ParametersStatement): void {
    const { name, value } = start;
    if (isReserved(name.name)) this.refuse(name, statement);
    else if (this.isNew(name)) this.parameters.set(name.name, entryOf(name, value));
  }

  enterBlock(block: BlockStatement): void {
    if (this.block === undefined) this.block = block;
    else this.problems.add('two-blocks', block.head, { line: lineNumber(this.tree, this.block.start) });
  }

  finish(): Omit<Cell, 'columns'> {
    const { tree, settings, definitions, parameters, checks, block, refused } = this;
    const isParameter = (name: string) => parameters.has(name);
    const nudges = new NudgeFixes(tree, block?.lines ?? [], isParameter);
    const lines = (block?.lines ?? []).filter((line) => this.mayBeAssigned(line, nudges));
    const lifted = liftedNames(lines, definitions);
    const update: Assignment[] = [];
    for (const line of lines) {
      if (!lifted.has(line.name.name)) update.push(line);
      else if (this.isNew(line.name, line)) this.define(line, true);
    }
    const assigned = update.map((line) => line.name.name).filter((name) => !updateTargets.has(name));
    const memories = new Set(assigned);
    return {
      tree,
      settings,
      definitions,
      parameters,
      checks,
      update,
      memories,
      refused,
      ...(block === undefined ? {} : { block }),
    };
  }

  private define(statement: Assignment, lifted: boolean): void {
    const { name, value } = statement;
    if (!isExpression(value)) return;
    this.definitions.set(name.name, { ...entryOf(name, value), lifted });
  }

  private isNew(place: NameNode, statement?: Assignment): boolean {
    const { name } = place;
    const first =
      this.settings.get(name)?.name ?? this.definitions.get(name)?.place ?? this.parameters.get(name)?.place;
    if (first === undefined) return true;
    const nudge = statement !== undefined && this.isNudge(statement) ? statement : undefined;
    const line = lineNumber(this.tree, first.start);
    const as = nudge !== undefined ? 'update' : isSetting(name) ? 'setting' : 'name';
    this.problems.add('duplicate-name', place, { name, line, as }, () => [
      nudge === undefined || this.problems.isCrowded ? undefined : this.intoBlock(nudge),
      as === 'name' ? this.differentName(place) : undefined,
      statement === undefined
        ? undefined
        : removeStatement(this.tree.source, statement, 'Delete this statement'),
    ]);
    return false;
  }

  /** True for an update that is written for one parameter, outside of a block. */
  private isNudge(statement: Assignment): boolean {
    return this.parameters.has(statement.name.name) && (isOfUpdate(statement) || isDescent(statement));
  }

  private intoBlock(nudge: Assignment): Fix | undefined {
    return isOfUpdate(nudge) ? putIntoBlock(this.tree, nudge) : writeNudgeFor(this.tree, nudge);
  }

  private differentName(place: NameNode): Fix {
    const other = unusedName(this.tree, place.name);
    return replaceBy(place, other, `Call it \`${other}\``);
  }

  private mayBeDefined(statement: Assignment): boolean {
    const place = statement.name;
    const { name } = place;
    if (isFormulaSetting(name) || !isReserved(name)) return true;
    if (updateTargets.has(name)) {
      this.problems.add('update-outside-block', place, { name }, () => [
        this.problems.isCrowded ? undefined : putIntoBlock(this.tree, statement),
      ]);
    } else {
      this.refuse(place, undefined, () => this.asDuration(place));
    }
    return false;
  }

  /** `epoch` and `step` as the settings that say how long to train, where nothing else says it or uses the word. */
  private asDuration(place: NameNode): Fix | undefined {
    const setting = `${place.name}s`;
    const uses = this.tree.tokens.filter(({ kind, text }) => kind === 'name' && text === place.name);
    const isGiven = assigns(this.tree, 'steps') || assigns(this.tree, 'epochs');
    if (!isSetting(setting) || isGiven || uses.length > 1) return undefined;
    return replaceBy(place, setting, `Change to \`${setting}\``);
  }

  /**
   * Refuses a word of the language as a name; where the cell gives the word its own meaning, too, that stays.
   *
   * @param meant what was probably meant by it
   */
  private refuse(place: NameNode, statement?: ParametersStatement, meant?: () => Fix | undefined): void {
    const { name } = place;
    this.refused.add(name);
    const hasMeaning = isFormulaSetting(name) || updateTargets.has(name);
    this.problems.add('reserved-name', place, { name }, () => {
      if (hasMeaning && assigns(this.tree, name)) return [this.differentName(place)];
      return [
        meant?.(),
        statement && this.separate(place, statement),
        this.problems.isCrowded ? undefined : renameAll(this.tree, name),
      ];
    });
  }

  /** Puts a setting behind the last comma of `parameters` on a line of its own, where the cell has it nowhere else. */
  private separate(place: NameNode, { starts }: ParametersStatement): Fix | undefined {
    const before = starts.at(-2);
    const isLast = starts.at(-1)?.name === place;
    if (before === undefined || !isLast || !isSetting(place.name) || assigns(this.tree, place.name)) return;
    const { source } = this.tree;
    const lineStart = lineEndOf(source) + indentationAt(source, place.start);
    return replaceBy({ start: before.end, end: place.start }, lineStart, 'Begin a new line');
  }

  /** Whether a line of the block may assign its name. */
  private mayBeAssigned(line: Assignment, nudges: NudgeFixes): boolean {
    const { name } = line;
    if (this.parameters.has(name.name)) {
      this.problems.add('parameter-assigned', name, { name: name.name }, () => nudges.of(line));
      return false;
    }
    if (updateTargets.has(name.name) || isFormulaSetting(name.name) || !isReserved(name.name)) return true;
    if (isSetting(name.name)) {
      if (this.block !== undefined)
        reportSettingInBlock(this.tree.source, this.settings.get(name.name), this.block, line, this.problems);
    } else {
      const isUpdate = name.name === 'parameters' && isOfUpdate(line);
      this.refuse(name, undefined, () =>
        isUpdate ? renameWithin(this.tree, name.name, 'parameter', line) : undefined,
      );
    }
    return false;
  }
}

/** True where a statement of the cell or a line of its block gives a name its meaning. */
export function assigns({ statements }: Tree, name: string): boolean {
  const isOfName = (statement: Statement) => statement.kind === 'assignment' && statement.name.name === name;
  return statements.some((statement) =>
    statement.kind === 'block' ? statement.lines.some(isOfName) : isOfName(statement),
  );
}

function entryOf(place: NameNode, value: Expression): ParameterEntry {
  const list = value.kind === 'list' ? value : undefined;
  const alternatives = list === undefined ? [value] : list.items;
  return { name: place.name, place, value, alternatives, ...(list === undefined ? {} : { list }) };
}

/** The names of the lines in the block that `loss`, `prediction` or `truth` need, directly or through others. */
function liftedNames(
  lines: readonly Assignment[],
  definitions: ReadonlyMap<string, Definition>,
): ReadonlySet<string> {
  const inBlock = new Map<string, Assignment[]>();
  for (const line of lines) {
    if (updateTargets.has(line.name.name)) continue;
    const sameName = inBlock.get(line.name.name);
    if (sameName === undefined) inBlock.set(line.name.name, [line]);
    else sameName.push(line);
  }
  const lifted = new Set<string>();
  const seen = new Set(formulaSettings);
  for (const name of seen) {
    const own = inBlock.get(name) ?? [];
    if (own.length > 0) lifted.add(name);
    const formulas = [definitions.get(name)?.value, ...own.map((line) => line.value)];
    for (const formula of formulas) {
      if (formula === undefined || !isExpression(formula)) continue;
      walk(formula, (part) => {
        if (part.kind === 'name') seen.add(part.name);
      });
    }
  }
  return lifted;
}
