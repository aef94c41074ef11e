#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""prose.py DEB… OUT_FOLDER: plain paragraphs without identifiers, one file a language, from Debian's libreoffice-help-* packages
(MPL-2.0; `apt-get download libreoffice-help-ko …`). For the trainer's --prose: ordinary words that are nobody's name."""
import collections
import html
import pathlib
import re
import subprocess
import sys
import tempfile

LANGUAGES = {"zh-cn": "zh"}
PARAGRAPH = re.compile(r"<(p|td|li|h[1-6])\b[^>]*>(.*?)</\1>", re.S)
UNWANTED = re.compile(r"\d{3}|@|://|www\.|[=<>{}\\|$#_]|\S{60}")  # codes, links, numbers that could be taken for dates


def paragraphs(folder):
    for page in sorted(folder.rglob("*.html")):
        for _, inner in PARAGRAPH.findall(page.read_text(encoding="utf-8", errors="replace")):
            text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", inner)).split())
            if 12 <= len(text) <= 600 and not UNWANTED.search(text):
                yield text


def main(packages, out):
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    found = {}
    for package in packages:
        code = re.search(r"libreoffice-help-([a-z-]+)_", package).group(1)
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
            found[LANGUAGES.get(code, code)] = set(paragraphs(pathlib.Path(folder)))
    seen = collections.Counter(line for lines in found.values() for line in lines)
    for language, lines in found.items():
        own = sorted(line for line in lines if seen[line] == 1)  # what two languages share was not translated
        (out / (language + ".txt")).write_text("\n".join(own) + "\n", encoding="utf-8")
        print(language, len(own))


main(sys.argv[1:-1], sys.argv[-1])
