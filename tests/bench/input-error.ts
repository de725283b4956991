/** Something given to a measurement cannot be used; the message says what to do about it. */
export class InputError extends Error {}

/** Runs a measurement; an InputError ends it with its message alone, all else with a stack. */
export async function measure(main: (args: string[]) => void | Promise<void>): Promise<void> {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
