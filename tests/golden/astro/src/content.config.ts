import { defineCollection, z } from 'astro:content';
import { glob } from 'astro/loaders';

const posts = defineCollection({
  loader: glob({ pattern: '**/[^_]*.{md,mdx}', base: './src/data/posts' }),
  schema: z.object({ title: z.string(), pubDate: z.coerce.date() }),
});
const guides = defineCollection({
  loader: glob({ pattern: '**/*.md', base: './src/data/guides' }),
});

export const collections = { blog: posts, guides };
