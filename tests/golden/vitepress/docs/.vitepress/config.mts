import { defineConfig } from 'vitepress'
export default defineConfig({
  title: 'Wave Log',
  description: 'What the waves did',
  lang: 'en-GB',
  base: '/log/',
  srcDir: './pages',
  srcExclude: ['private/**', '**/README.md'],
  cleanUrls: true,
  ignoreDeadLinks: true,
  sitemap: { hostname: 'https://example.gov/log/' },
  rewrites: {
    'packages/:pkg/src/:slug*': 'p/:pkg/:slug*',
    'posts/:year(\\d+)-:name.md': 'posts/:name.md',
  },
  locales: {
    root: { label: 'English', lang: 'en-GB' },
    fr: { label: 'Français', lang: 'fr' },
  },
  themeConfig: { logo: '/logo.svg' },
})
