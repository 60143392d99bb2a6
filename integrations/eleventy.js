// eleventy.config.js:
//   import feedwright from 'feedwright/eleventy';
//   export default (eleventyConfig) => eleventyConfig.addPlugin(feedwright, { siteUrl: '…' });
import { afterBuild } from './after-build.js';

export default function feedwright(eleventyConfig, options = {}) {
  eleventyConfig.on('eleventy.after', async ({ directories, dir, runMode }) => {
    // Whoever writes under `--serve` promises nothing yet.
    if (runMode !== 'build') return;
    await afterBuild(directories?.output ?? dir.output, options);
  });
}
