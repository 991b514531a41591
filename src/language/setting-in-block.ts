import { insertAt, type Fix, type Problems } from './problems.ts';
import { mentions, unwrap, type Assignment, type BlockStatement, type Expression } from './syntax.ts';
import { moveBehind, removableText, removeStatement } from './text-lines.ts';

/**
 * Reports a line of the block that assigns a setting.
 *
 * @param given where the cell gives that setting outside of the block, too
 */
export function reportSettingInBlock(
  source: string,
  given: Assignment | undefined,
  block: BlockStatement,
  line: Assignment,
  problems: Problems,
): void {
  const { name } = line.name;
  const isChanged = mentions(line.value, name);
  const isSchedule = isChanged && name === 'learning_rate';
  problems.add('setting-in-block', line.name, { name, isSchedule }, () => {
    if (isSchedule) return [given && writeSchedule(source, given, block, line)];
    if (given !== undefined) return [removeStatement(source, line, 'Delete this statement')];
    return [isChanged ? undefined : moveBehind(source, line, block.end, 'Take it out of the block')];
  });
}

/** `learning_rate = learning_rate * 0.9` as a schedule, where the cell gives the rate at the start as a number. */
function writeSchedule(
  source: string,
  { value: first }: Assignment,
  { lines }: BlockStatement,
  line: Assignment,
): Fix | undefined {
  const factor = factorOf(line);
  const isTheOnly = lines.filter(({ name }) => name.name === 'learning_rate').length === 1;
  if (first.kind !== 'number' || factor === undefined || !isTheOnly) return undefined;
  const nudge = lines.findIndex(({ name }) => name.name === 'parameter');
  const exponent = lines.indexOf(line) < nudge ? 'step' : '(step - 1)';
  const schedule = ` * ${source.slice(factor.start, factor.end)}^${exponent}`;
  const title = `Write \`learning_rate = ${source.slice(first.start, first.end)}${schedule}\` in its place`;
  const { edits } = insertAt(first.end, schedule, title);
  return { title, edits: [...edits, { ...removableText(source, line), text: '' }] };
}

/** The number that the line multiplies the learning rate by. */
function factorOf({ value }: Assignment): Expression | undefined {
  if (value.kind !== 'product' || value.isWordChain === true || value.factors.length !== 2) return undefined;
  const parts = value.factors.filter(({ inverse }) => !inverse).map(({ operand }) => unwrap(operand));
  const rate = parts.find((part) => part.kind === 'name' && part.name === 'learning_rate');
  return rate && parts.find(({ kind }) => kind === 'number');
}
