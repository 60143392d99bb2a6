"""Makes feeds of a site of MkDocs once it is built.

mkdocs.yml:
    hooks: [feedwright_hook.py]      # a copy of this file
"""

import shutil
import subprocess
import sysconfig
from pathlib import Path

from mkdocs.exceptions import PluginError

OPTIONS = []  # such as ["--timezone", "America/New_York"]


def on_post_build(config, **_):
    beside = Path(sysconfig.get_path("scripts"), "feedwright")
    program = shutil.which(beside) or shutil.which("feedwright")
    if program is None:
        raise PluginError("feedwright is not installed: pip install feedwright")
    site = Path(config.config_file_path).parent
    folder = config.site_dir
    command = [program, "build", str(site), "--rendered", folder, "--output", folder]
    code = subprocess.run([*command, *OPTIONS], check=False).returncode
    # 3: entries are held; 4: posts are wrong. What was said stands above, the rest is published.
    if code not in (0, 3, 4):
        raise PluginError(f"feedwright ended with {code}; what stands above says why")
