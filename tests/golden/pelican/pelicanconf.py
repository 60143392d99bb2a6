# Settings of the Harbor Records Office.
AUTHOR = 'Records Desk'
SITENAME = "Harbor Records"
SITESUBTITLE = ("Ships "
                "and slips")
PATH = 'content'
TIMEZONE = 'America/New_York'
DEFAULT_LANG = 'en'
ARTICLE_URL = '{category}/{date:%Y}/{date:%b}/{slug}/'
ARTICLE_SAVE_AS = ARTICLE_URL + 'index.html'
FILENAME_METADATA = r'(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.*)'
EXTRA_PATH_METADATA = {
    'Ship Logs/old': {'status': 'hidden'},
}
STATIC_PATHS = ['images']
PLUGINS = [name for name in ('sitemap',)]
