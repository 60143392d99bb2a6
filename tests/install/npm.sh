#!/usr/bin/env bash
# The npm packages, packed and installed from their files: npx, functions, types.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/npm-lib.sh"
pack_npm
mkdir "$work/project" && cd "$work/project"
install_npm
works npx --no-install --prefix "$work/project" feedwright
works "$FEEDWRIGHT"

say "functions"
small_site "$work/project/site"
cat > program.mjs <<'JS'
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { FeedwrightError, binary, build, check, plan } from 'feedwright';

const site = { dir: 'site' };
const planned = await plan(site);
assert.equal(planned.code, 0);
assert.deepEqual(planned.feeds.map((feed) => feed.key), ['site', 'tags/news']);
const built = await build({ ...site, verify: true });
assert.equal(built.posts.published, 2);
assert.ok(built.feeds.every((feed) => feed.change === 'created'));
assert.match(readFileSync('site/feeds/rss.xml', 'utf8'), /The second/);
assert.equal((await check({ files: ['site/feeds'], strict: true })).code, 0);
const { code, problems } = await check({ files: ['package.json'] });
assert.deepEqual([code, problems[0].code], [1, 'no-feed']);
assert.equal((await check(site)).code, 0);
await assert.rejects(build({ dir: 'nowhere' }), (error) => {
  assert.ok(error instanceof FeedwrightError);
  assert.match(error.message, /there is no folder nowhere/);
  return true;
});
await assert.rejects(build({ ...site, nonsense: 1 }), /--nonsense/);
assert.ok(binary().includes('@feedwright'));
JS
node program.mjs || fail "the functions do not work"

say "types"
if npm install --silent typescript@5 @types/node > "$work/npm.log" 2>&1; then
    cat > program.ts <<'TS'
import { build, check, plan, type Report } from 'feedwright';
const report: Report = await build({ dir: 'site', rendered: '_site', siteUrl: 'https://www.example.gov' });
const held: number = (await plan()).held?.length ?? 0;
const codes: string[] = (await check({ files: ['a'], for: 'podcast' })).problems.map((problem) => problem.code);
// @ts-expect-error There is no such option.
await build({ nonsense: true });
export { codes, held, report };
TS
    npx tsc --noEmit --strict --module nodenext --target es2022 program.ts || fail "the types are wrong"
else
    say "typescript could not be installed: TYPES NOT TESTED"
fi

say "without the package of the machine"
rm -rf "node_modules/@feedwright"
code=0
message=$("$FEEDWRIGHT" --version 2>&1) || code=$?
[[ $code-$message == 2-*"@feedwright/$machine is not installed"* ]] || fail "$code: $message"
say "ok"
