// Reads all heavy cells, each between slips of the hand too, and says how many: to be run with little memory.
import { readExperiment } from '../../src/language/index.ts';
import { heavyCells } from './heavy-cells.ts';
import { mutatedCell } from './mutations.ts';

let count = 0;
for (const [index, source] of [...heavyCells.values()].entries()) {
  const slips = Array.from({ length: 8 }, (_, each) => mutatedCell(8 * index + each)).join('\n');
  const half = Math.floor(source.length / 2);
  const around = `${slips}\n${source}`.slice(0, source.length);
  for (const cell of [source, around, source.slice(half) + slips, slips.slice(0, source.length)]) {
    readExperiment(cell, index % 2 === 0 ? undefined : ['sqft', 'price']);
    count++;
  }
}
console.log(count);
