import { defineConfig } from 'astro/config';
import mdx from '@astrojs/mdx';

export default defineConfig({
  site: 'https://trails.example.gov',
  base: '/survey',
  integrations: [mdx()],
  i18n: { defaultLocale: 'en', locales: ['en'] },
});
