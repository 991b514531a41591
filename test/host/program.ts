/** Runs the work of a script and exits with its code. What goes wrong is told in its own words, without a stack. */
export async function runProgram(work: () => Promise<number>): Promise<never> {
  try {
    process.exit(await work());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
