#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns the marked-up notes of a language into its set and checks both.

build.py LANG [--check]

Reads LANG/notes_LANG.src.*.txt in the order of their names and writes LANG/notes_LANG.jsonl; with --check it only compares.
A note begins with a line "=== TITLE" (not part of the text). ⟦N|words⟧ marks an identifier, ⟦?N|words⟧ one that is right
either way; the letters stand in TYPES. Offsets are Unicode code points, end exclusive. Exit 1 on a fault in the marks, on a
mail, phone or date form that no mark covers, or on a difference."""
import glob
import json
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
TYPES = dict(N="NAME", D="DATE", A="AGE", L="LOCATION", H="HOSPITAL", O="ORG", P="PROFESSION", I="ID", T="PHONE",
             E="EMAIL", U="URL")
MARK = re.compile(r"⟦(\??)([A-Z])\|([^⟦⟧\n]+)⟧")
UNMARKED = re.compile(r"[@＠]|(?<![\d.])\d{2,4}[-–−]\d{3,4}[-–−]\d{4}|\d{4}[-./]\d{1,2}[-./]\d{1,2}")
NOTES = 60


def note(language, number, body):
    """One note as a value of the set, its marks taken out of the text."""
    text, at, spans, optional = "", 0, [], []
    for mark in MARK.finditer(body):
        text += body[at:mark.start()]
        at, word = mark.end(), mark[3]
        if word != word.strip():
            raise ValueError(f"{language}-{number:03d}: blanks within {mark[0]}")
        (optional if mark[1] else spans).append(
            {"start": len(text), "end": len(text) + len(word), "type": TYPES[mark[2]]})
        text += word
    text += body[at:]
    if "⟦" in text or "⟧" in text:
        raise ValueError(f"{language}-{number:03d}: a mark is broken")
    return {"id": f"{language}-{number:03d}", "text": text, "spans": spans, "lang": language,
            "source": f"amana-{language}", "labelled_types": list(TYPES.values()), "optional": optional}


def left_over(value):
    """Mail, phone or date forms that no mark covers; an @ beside a mark ("Ken @⟦L|Fukuoka⟧") is no mail address."""
    hidden = list(value["text"])
    for span in value["spans"] + value["optional"]:
        hidden[span["start"]:span["end"]] = "█" * (span["end"] - span["start"])
    return [found[0] for found in UNMARKED.finditer("".join(hidden)) if found[0] not in "@＠" or "█" not in
            "".join(hidden)[max(0, found.start() - 2):found.end() + 2]]


def main():
    language = sys.argv[1]
    folder = os.path.join(HERE, language)
    source = "".join(open(path, encoding="utf-8").read()
                     for path in sorted(glob.glob(os.path.join(folder, f"notes_{language}.src.*.txt"))))
    if language == "ko" and unicodedata.normalize("NFC", source) != source:
        raise ValueError("Korean text must be composed (NFC)")
    bodies = [part.split("\n", 1)[1].strip("\n") for part in re.split(r"^=== ", source, flags=re.M) if part.strip()]
    values = [note(language, number, body) for number, body in enumerate(bodies, 1)]
    faults = [(value["id"], found) for value in values for found in left_over(value)]
    if len(values) != NOTES or faults:
        sys.exit(f"{len(values)} notes; unmarked: {faults}")
    made = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
    path = os.path.join(folder, f"notes_{language}.jsonl")
    if "--check" not in sys.argv:
        open(path, "w", encoding="utf-8").write(made)
    elif open(path, encoding="utf-8").read() != made:
        sys.exit(f"{path} differs from its source")
    print(f"{len(values)} notes, {sum(len(v['spans']) for v in values)} spans, "
          f"{sum(len(v['optional']) for v in values)} optional, {sum(len(v['text']) for v in values)} characters, "
          f"{sum(not v['spans'] and not v['optional'] for v in values)} without identifiers")


if __name__ == "__main__":
    main()
