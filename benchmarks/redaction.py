"""What the redaction misses and what it hides for nothing, on invented texts written to be difficult.

    python benchmarks/redaction.py [-v]

The corpus (benchmarks/corpus/redaction.txt) says what must disappear, what must agree with both genders and
what must stay. Counts are exact: no machine changes them. `-v` prints every miss and every false alarm.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from candidates.rules.redaction import Identity, folded, redacted

CORPUS = Path(__file__).parent / "corpus" / "redaction.txt"
MARKED = re.compile(r"⟦([^⟧]*)⟧|⟪([^⟫]*)⟫")
WORD = re.compile(r"[^\W_]+(?:·[^\W_]+)*")


@dataclass
class Tally:
    to_hide: int = 0
    missed: list[str] = field(default_factory=list)
    to_agree: int = 0
    not_agreed: list[str] = field(default_factory=list)
    to_keep: int = 0
    lost: list[str] = field(default_factory=list)


def lines() -> Iterator[tuple[tuple[str, str], str]]:
    names = ("", "")
    for line in CORPUS.read_text().splitlines():
        if line.startswith("@"):
            first, _, last = line[1:].partition("|")
            names = (first.strip(), last.strip())
        elif line and not line.startswith("#"):
            yield names, line


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(folded(text)[0]))


def judge(names: tuple[str, str], line: str, tally: Tally) -> None:
    """Compare the words of the line, marked or not, with those that come out."""
    text = MARKED.sub(lambda match: match[1] or match[2] or "", line)
    said = re.sub(r"\[[^\]]*masqu[ée]e?\]", " ", redacted(text, Identity(names)).text)
    out = words(said)
    kept = words(MARKED.sub(" ", line))
    for match in MARKED.finditer(line):
        hidden, gendered = match[1], match[2]
        if hidden is not None:
            tally.to_hide += 1
            left = [word for word in words(hidden) if out[word] > kept[word] and len(word) > 2]
            if left:
                tally.missed.append(f"{hidden} ({', '.join(left)}) : {said.strip()}")
        else:
            tally.to_agree += 1
            if re.search(rf"(?<!\w){re.escape(gendered)}(?![\w·])", said):
                tally.not_agreed.append(f"{gendered} : {said.strip()}")
    tally.to_keep += sum(kept.values())
    for word, count in (kept - out).items():
        tally.lost += [f"{word} : {said.strip()}"] * count


def measure() -> Tally:
    tally = Tally()
    for names, line in lines():
        judge(names, line, tally)
    return tally


def share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)"


def main() -> None:
    start = time.perf_counter()
    tally = measure()
    spent = time.perf_counter() - start
    print(f"identities missed     {share(len(tally.missed), tally.to_hide)}")
    print(f"gender marks missed   {share(len(tally.not_agreed), tally.to_agree)}")
    print(f"words hidden wrongly  {share(len(tally.lost), tally.to_keep)}")
    print(f"time                  {1000 * spent:.0f} ms for {sum(1 for _ in lines())} lines")
    if "-v" in sys.argv:
        for title, rows in (("missed", tally.missed), ("gender", tally.not_agreed), ("wrongly", tally.lost)):
            for row in rows:
                print(f"{title:8} {row}")


if __name__ == "__main__":
    main()
