#!/usr/bin/env python3
"""Asks the W3C's feed validator what it says of its own test cases.

    verdicts.py CHECKOUT > FILE

CHECKOUT is a checkout of https://github.com/w3c/feedvalidator whose requirements are installed.
The file is for `cargo xtask w3c`: it names for each case whether the validator finds an error, a
warning, or neither. What depends on the address that a feed was fetched from is left out, and so
is a missing link to itself, as the validator's own test run does.
"""

import glob
import json
import os
import sys

IGNORED = {"MissingSelf", "MissingAtomSelfLink", "SelfDoesntMatchLocation"}


def main():
    checkout = os.path.abspath(sys.argv[1])
    sys.path.insert(0, os.path.join(checkout, "src"))
    import feedvalidator
    from feedvalidator.logging import Error, Warning

    root = os.path.join(checkout, "testcases")
    verdicts = {}
    for folder in ["atom", "rss", "rss20", "xml", "ext", "gbase", "opensearch", "rss11"]:
        pattern = os.path.join(root, folder, "**", "*.xml")
        for path in sorted(glob.glob(pattern, recursive=True)):
            name = os.path.relpath(path, root)
            with open(path, "rb") as file:
                text = file.read()
            base = "http://www.feedvalidator.org/testcases/" + name
            events = feedvalidator.validateString(text, fallback="US-ASCII", base=base)
            events = [e for e in events["loggedEvents"] if type(e).__name__ not in IGNORED]
            if any(isinstance(event, Error) for event in events):
                verdicts[name] = "error"
            elif any(isinstance(event, Warning) for event in events):
                verdicts[name] = "warning"
            else:
                verdicts[name] = "clean"
    json.dump(verdicts, sys.stdout, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
