// docusaurus.config.js:
//   plugins: ['feedwright/docusaurus'],
// or with options:
//   plugins: [['feedwright/docusaurus', { timezone: 'America/New_York' }]],
import { afterBuild } from './after-build.js';

export default function feedwright(context, { id: _, ...options } = {}) {
  return {
    name: 'feedwright',
    // Translations are built one after the other, each below the folder of the first.
    async postBuild({ siteDir, outDir, i18n }) {
      if (i18n.currentLocale !== i18n.defaultLocale) return;
      await afterBuild(outDir, { dir: siteDir, ...options });
    },
  };
}
