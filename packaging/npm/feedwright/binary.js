// Finds the program, which is in a package of its own for each kind of machine.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The path of the program: what FEEDWRIGHT_BINARY names, else that of this machine's package. */
export function binary() {
  if (process.env.FEEDWRIGHT_BINARY) return process.env.FEEDWRIGHT_BINARY;
  const name = `@feedwright/${process.platform}-${process.arch}`;
  const file = process.platform === 'win32' ? 'feedwright.exe' : 'feedwright';
  try {
    return require.resolve(`${name}/${file}`);
  } catch {
    throw new Error(
      `feedwright has no program for this machine: the package ${name} is not installed. ` +
        'Install with optional dependencies, or let the variable FEEDWRIGHT_BINARY name a program ' +
        'that `cargo install --locked` built.',
    );
  }
}
