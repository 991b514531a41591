import { readExperiment } from '../../language/index.ts';
import { findLogReference, type DataReference } from '../data-reference.ts';

/** The training log that a cell shows; undefined for any other cell, and for one that has errors. */
export function logOfCell(source: string): DataReference | undefined {
  const reference = findLogReference(source);
  return reference && readExperiment(source).experiment?.trainingLog === reference.name
    ? reference
    : undefined;
}
