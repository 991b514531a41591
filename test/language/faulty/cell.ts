/**
 * One faulty cell: the code of its one problem, the cell with the problem's place between « and », and the cell after
 * the first fix, where there is one.
 */
export type FaultyCell = readonly [code: string, marked: string, fixed?: string];
