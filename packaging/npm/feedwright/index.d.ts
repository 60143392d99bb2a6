/** What overrides a site's configuration. Names are those of the command line, in camel case. */
export interface SiteOptions {
  /** The site's folder; by default the folder that the process runs in. */
  dir?: string;
  /** The configuration, in place of `feedwright.yaml` in the site's folder. */
  config?: string;
  /** What readers were promised, in place of `feedwright.lock` in the site's folder. */
  lock?: string;
  /** A file that posts are taken from, in place of those in the site's folder. */
  from?: string;
  /** The folder that the site's generator wrote, whose pages have the posts' HTML. */
  rendered?: string;
  /** The address of the site. */
  siteUrl?: string;
  /** The zone of dates that name none, such as `America/New_York`. */
  timezone?: string;
  /** The present time, such as `2021-12-13T09:30:00Z`. */
  now?: string;
  /** Nothing but warnings and errors. */
  quiet?: boolean;
  /** Notes, too, and every one of similar warnings. */
  verbose?: boolean;
  /** Print problems for people at once; they are not in the result then. */
  print?: boolean;
  /** The folder that the program runs in. */
  cwd?: string;
}

export interface PlanOptions extends SiteOptions {
  /** The folder that is published as the site's root. */
  output?: string;
  /** Publish the posts that can be read, however many others cannot. */
  keepGoing?: boolean;
  /** Publish nothing where a single post is wrong. */
  strict?: boolean;
  /** Publish everything that the guard holds or stops for. */
  acceptResend?: boolean;
  /** The folder with the feeds that are published now. */
  published?: string;
}

export interface BuildOptions extends PlanOptions {
  /** Only write what would be published, and promise nothing. */
  preview?: boolean;
  /** Fail if `feedwright.lock` would change. */
  locked?: boolean;
  /** Check every feed as a whole before it is published. */
  verify?: boolean;
  /** Remove feeds that no post belongs to any more. */
  prune?: boolean;
  /** Where runs are remembered. */
  cacheDir?: string;
  /** Remember nothing. */
  noCache?: boolean;
}

export interface CheckOptions extends SiteOptions {
  /** Feeds of any program; without them the site is checked. */
  files?: string[];
  /** Who will read the feeds. */
  for?: 'govdelivery' | 'mailchimp' | 'podcast' | 'google-news';
  /** Leave out the HTML inside entries. */
  noHtml?: boolean;
  /** Take warnings for errors. */
  strict?: boolean;
}

/** One problem, or one thing worth knowing. */
export interface Problem {
  severity: 'note' | 'warning' | 'error';
  /** A stable name; `feedwright explain CODE` says what it means. */
  code: string;
  message: string;
  path?: string;
  line?: number;
  column?: number;
  section?: string;
  help?: string;
}

export interface Entry {
  id: string;
  title: string;
  url: string;
  published?: string | null;
}

/** What subscribers of a feed see of a run. */
export interface FeedPlan {
  title: string;
  /** What it is of, such as `site` or `tags/SLUG`. */
  key: string;
  paths: string[];
  first: boolean;
  new: Entry[];
  changed: Entry[];
  dropped: Entry[];
  unchanged: number;
}

/** An entry that the guard holds until somebody says what it is. */
export interface Held {
  kind: string;
  path: string;
  title: string;
  id: string;
  because: string;
}

/** Why the guard stopped the whole run. */
export interface Alarm {
  findings: string[];
  causes: string[];
}

export interface FeedFile {
  title: string;
  format: 'rss' | 'atom' | 'json';
  path: string;
  url: string;
  entries: number;
  change: 'created' | 'updated' | 'unchanged';
}

interface Result {
  problems: Problem[];
}

/** A post whose date has to come. */
export interface ScheduledPost {
  title: string;
  path: string;
  /** When it will be public, as RFC 3339 has it. */
  date: string;
}

export interface Plan extends Result {
  /** 0 done, 1 refused, 3 entries are held, 4 posts are wrong. */
  code: 0 | 1 | 3 | 4;
  refused: boolean;
  feeds: FeedPlan[];
  alarm?: Alarm;
  held?: Held[];
  scheduled?: ScheduledPost[];
}

export interface Report extends Result {
  /** 0 done, 1 refused and nothing written, 3 entries are held, 4 done but for posts that are wrong. */
  code: 0 | 1 | 3 | 4;
  refused: boolean;
  dry_run: boolean;
  posts: { published: number; drafts: number; future: number };
  feeds: FeedFile[];
  plan: FeedPlan[];
  alarm?: Alarm;
  held?: Held[];
  stale: string[];
  removed: string[];
}

export interface Verdict extends Result {
  /** 0 nothing, or warnings; 1 errors, or warnings under `strict`. */
  code: 0 | 1;
}

/** Usage, configuration or environment is wrong; nothing was written. */
export class FeedwrightError extends Error {
  problems: Problem[];
}

/** Makes the feeds and publishes those that changed. */
export function build(options?: BuildOptions): Promise<Report>;
/** Says what subscribers would see of a build, and writes nothing. */
export function plan(options?: PlanOptions): Promise<Plan>;
/** Checks a site, or the feeds that `files` names. */
export function check(options?: CheckOptions): Promise<Verdict>;
/** The path of the program. */
export function binary(): string;
