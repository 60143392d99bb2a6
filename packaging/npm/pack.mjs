#!/usr/bin/env node
// Packs one npm package, and prints the path of the file:
//   pack.mjs base OUT                    the package `feedwright`: commands, functions, integrations
//   pack.mjs PLATFORM-ARCH BINARY OUT    a package with the program, such as `@feedwright/linux-x64`
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

// The machines that a release has programs for, as Node.js names them.
const MACHINES = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'win32-x64'];

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const manifest = JSON.parse(readFileSync(join(here, 'feedwright/package.json'), 'utf8'));
// The version stands in Cargo.toml alone.
const cargo = readFileSync(join(root, 'Cargo.toml'), 'utf8');
manifest.version = /^\[workspace\.package\]\nversion = "(.+)"$/m.exec(cargo)[1];

const folder = mkdtempSync(join(tmpdir(), 'feedwright-npm-'));
try {
  const [what, ...rest] = process.argv.slice(2);
  if (what === 'base') packBase(...rest);
  else if (MACHINES.includes(what)) packMachine(what, ...rest);
  else throw new Error(`usage: pack.mjs base OUT, or pack.mjs ${MACHINES.join('|')} BINARY OUT`);
} finally {
  rmSync(folder, { recursive: true });
}

function packBase(out) {
  cpSync(join(here, 'feedwright'), folder, { recursive: true });
  cpSync(join(root, 'integrations'), join(folder, 'integrations'), {
    recursive: true,
    filter: (path) => !path.endsWith('.py'),
  });
  const machines = MACHINES.map((machine) => [`@feedwright/${machine}`, manifest.version]);
  pack({ ...manifest, optionalDependencies: Object.fromEntries(machines) }, out);
}

function packMachine(machine, binary, out) {
  const [os, cpu] = machine.split('-');
  const file = os === 'win32' ? 'feedwright.exe' : 'feedwright';
  cpSync(binary, join(folder, file));
  chmodSync(join(folder, file), 0o755);
  writeFileSync(join(folder, 'README.md'), `The program of the package feedwright for ${machine}.\n`);
  const { version, description, license } = manifest;
  const files = [file];
  pack({ name: `@feedwright/${machine}`, version, description, license, os: [os], cpu: [cpu], files }, out);
}

function pack(json, out) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(json, null, 2)}\n`);
  for (const name of ['LICENSE-MIT', 'LICENSE-APACHE']) cpSync(join(root, name), join(folder, name));
  mkdirSync(out, { recursive: true });
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const options = { encoding: 'utf8', shell: process.platform === 'win32' };
  const args = ['pack', folder, '--pack-destination', resolve(out), '--loglevel', 'error'];
  const packed = execFileSync(npm, args, options).trim().split('\n').pop();
  console.log(join(resolve(out), basename(packed)));
}
