import { functions } from './functions.ts';
import { optimizers } from './optimizers.ts';
import { keywords, reserved } from './reserved.ts';
import { formulaSettings, settings } from './settings.ts';
import type { FunctionWord, OptimizerWord, ReservedWord, Setting, Word } from './word.ts';

function byName<T extends Word>(words: readonly T[]): ReadonlyMap<string, T> {
  return new Map(words.map((word) => [word.name, word]));
}

export const settingsByName: ReadonlyMap<string, Setting> = byName(settings);
export const functionsByName: ReadonlyMap<string, FunctionWord> = byName(functions);
export const optimizersByName: ReadonlyMap<string, OptimizerWord> = byName(optimizers);
export const reservedByName: ReadonlyMap<string, ReservedWord> = byName(reserved);

export const keywordsByName: ReadonlyMap<string, Word> = new Map(
  keywords.map((word) => [word.name.replace(/ .*/, ''), word]),
);

/** True for the names of settings, those that are formulas among them. */
export function isSetting(name: string): boolean {
  return settingsByName.has(name);
}

/** True for the names that an author may not give to anything else. */
export function isReserved(name: string): boolean {
  return (
    settingsByName.has(name) ||
    functionsByName.has(name) ||
    reservedByName.has(name) ||
    keywordsByName.has(name)
  );
}

/** True for settings whose value other formulas use as they use any defined name. */
export function isFormulaSetting(name: string): boolean {
  return formulaSettings.has(name);
}
