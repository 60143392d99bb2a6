// @ts-check
import {themes as prismThemes} from 'prism-react-renderer';

/** @type {import('@docusaurus/types').Config} */
const config = {
  title: 'Weather Data Service',
  tagline: 'Stations and storms',
  url: 'https://skies.example.gov',
  baseUrl: '/data/',
  trailingSlash: true,
  i18n: {defaultLocale: 'en', locales: ['en']},
  presets: [
    [
      'classic',
      {
        docs: {sidebarPath: './sidebars.js'},
        blog: {path: './news', routeBasePath: 'bulletins', showReadingTime: true},
      },
    ],
  ],
  themeConfig: {prism: {theme: prismThemes.github}},
};

export default config;
