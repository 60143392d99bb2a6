// What all hooks do once a generator has written its site.
import { build } from 'feedwright';

/** Makes feeds of the site in `folder`, beside its pages and from their HTML. */
export async function afterBuild(folder, options) {
  const report = await build({ rendered: folder, output: folder, print: true, ...options });
  if (report.code === 1 || report.alarm) {
    throw new Error('feedwright wrote no feeds; what stands above says why');
  }
  const { feeds, posts } = report;
  console.log(`[feedwright] ${feeds.length} feed files of ${posts.published} posts in ${folder}`);
  return report;
}
