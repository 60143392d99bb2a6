// The commands of feedwright as functions. Options are those of the command line, in camel case.
import { spawn } from 'node:child_process';
import { binary } from './binary.js';

export { binary };

/** Usage, configuration or environment: what the program ends with 2 for. */
export class FeedwrightError extends Error {
  name = 'FeedwrightError';
  constructor(message, problems = []) {
    super(message);
    this.problems = problems;
  }
}

/** Makes the feeds and publishes those that changed: `feedwright build --report json`. */
export async function build(options = {}) {
  const { dir = '.', ...rest } = options;
  const { code, stdout, problems } = await run('build', { report: 'json', ...rest }, [dir]);
  return { code, problems, ...object(stdout) };
}

/** Says what subscribers would see of a build, and writes nothing: `feedwright plan --json`. */
export async function plan(options = {}) {
  const { dir = '.', ...rest } = options;
  const { code, stdout, problems } = await run('plan', { json: true, ...rest }, [dir]);
  return { code, problems, ...object(stdout) };
}

/** Checks a site, or the feeds that `files` names: `feedwright check`. */
export async function check(options = {}) {
  const { dir, files = [], ...rest } = options;
  const where = dir === undefined ? {} : { dir };
  const { code, stdout, problems } = await run('check', { ...where, ...rest }, files);
  return { code, problems: [...problems, ...lines(stdout)] };
}

/** The words of a command line: `{ siteUrl: 'x', strict: true }` is `--site-url=x --strict`. */
function words(options) {
  return Object.entries(options).flatMap(([key, value]) => {
    if (value === undefined || value === null || value === false) return [];
    const name = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return [value === true ? name : `${name}=${value}`];
  });
}

/** Runs a command. With `print`, people read the problems at once; else they are in the result. */
function run(command, { print = false, cwd, ...options }, operands) {
  const format = print ? 'human' : 'json';
  const args = [command, `--message-format=${format}`, ...words(options), '--', ...operands];
  // What `check` finds stands on standard output, where it is for people, too.
  const stdio = ['ignore', print && command === 'check' ? 'inherit' : 'pipe', print ? 'inherit' : 'pipe'];
  return new Promise((resolve, reject) => {
    const child = spawn(binary(), args, { cwd, stdio });
    const text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name]?.setEncoding('utf8').on('data', (part) => (text[name] += part));
    }
    child.on('error', (error) => reject(new FeedwrightError(`feedwright does not run: ${error.message}`)));
    child.on('close', (code, signal) => {
      const problems = lines(text.stderr);
      if (code !== null && code !== 2) return resolve({ code, stdout: text.stdout, problems });
      const why = problems[0]?.message ?? (text.stderr.trim() || (signal ? `ended by ${signal}` : 'ended with 2'));
      reject(new FeedwrightError(`feedwright ${command}: ${why}`, problems));
    });
  });
}

/** The objects of a text with one a line; other lines are for people. */
function lines(text) {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

function object(text) {
  return text.trim() === '' ? {} : JSON.parse(text);
}
