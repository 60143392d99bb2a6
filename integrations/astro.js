// astro.config.mjs:
//   import feedwright from 'feedwright/astro';
//   export default defineConfig({ site: '…', integrations: [feedwright()] });
import { fileURLToPath } from 'node:url';
import { afterBuild } from './after-build.js';

export default function feedwright(options = {}) {
  let root = '.';
  return {
    name: 'feedwright',
    hooks: {
      'astro:config:done': ({ config }) => {
        root = fileURLToPath(config.root);
      },
      'astro:build:done': async ({ dir }) => {
        await afterBuild(fileURLToPath(dir), { dir: root, ...options });
      },
    },
  };
}
