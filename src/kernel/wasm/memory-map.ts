import { tablesEnd } from './functions-in-lanes.ts';

/** The first bytes of the memory: tables, the addresses of the columns, the sums of a call; then columns. */
export const addressesAt = tablesEnd;
export const sumsAt = 4096;
/** The state of the generator that shuffles. */
export const generatorAt = 8176;
export const columnsAt = 8192;
/** So many columns and sums have room there. */
const mostColumns = (sumsAt - addressesAt) / 4;
export const mostSums = (generatorAt - sumsAt) / 8;

/** Whether the memory has room for the addresses of so many columns. */
export function hasRoomFor(columns: number): boolean {
  return columns <= mostColumns;
}
