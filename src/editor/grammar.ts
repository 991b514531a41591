import {
  functionsByName,
  keywordsByName,
  optimizersByName,
  reservedByName,
  settingsByName,
} from '../language/index.ts';

interface Rule {
  readonly name: string;
  readonly match: string;
}

/**
 * The TextMate grammar of a cell, made from the table of words: for the moment before the editor knows what each name
 * means, and for places where it never does, such as fences in Markdown and hovers.
 */
export function makeGrammar(): { name: string; scopeName: string; patterns: Rule[] } {
  const words = [...settingsByName.values()].flatMap((setting) => setting.words ?? []);
  const patterns: [scope: string, match: string][] = [
    ['comment.line.number-sign', '#.*$'],
    ['string.quoted', `"[^"]*"?|'[^']*'?`],
    ['variable.other.constant.property', '`[^`]*`?'],
    [
      'constant.numeric',
      String.raw`(?<![\p{L}_\p{Nd}])(\d[\d_]*(\.(?!\.)[\d_]*)?|\.\d[\d_]*)([eE][-+−]?\d+)?`,
    ],
    ['keyword.control', String.raw`\bfor\s+each\s+step\b|${anyOf(keywordsByName.keys())}`],
    ['support.function', String.raw`${anyOf(functionsByName.keys())}(?=\s*\()`],
    ['variable.other.enummember', anyOf([...optimizersByName.keys(), ...words])],
    ['variable.other.property', anyOf(settingsByName.keys())],
    ['support.constant', anyOf(reservedByName.keys())],
    ['keyword.operator', String.raw`\.\.|\*\*|[<>=!]=|[-+*/^<>=−×·⋅÷≤≥≠]`],
  ];
  return {
    name: 'Gradient Descent',
    scopeName: 'source.gd',
    patterns: patterns.map(([scope, match]) => ({ name: `${scope}.gd`, match })),
  };
}

function anyOf(words: Iterable<string>): string {
  return String.raw`\b(${[...new Set(words)].join('|')})\b`;
}
