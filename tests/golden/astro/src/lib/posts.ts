import { getCollection } from 'astro:content';

export async function visiblePosts() {
  return await getCollection('blog', ({ data }) => !data.draft);
}
