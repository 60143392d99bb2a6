// .vitepress/config.mjs:
//   import feedwright from 'feedwright/vitepress';
//   export default defineConfig({ buildEnd: feedwright({ siteUrl: '…' }) });
import { afterBuild } from './after-build.js';

export default function feedwright(options = {}) {
  return async ({ outDir }) => {
    await afterBuild(outDir, options);
  };
}
