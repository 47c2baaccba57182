"""`python -m tests.check_report FILE`: fails unless the run's JUnit report holds tests, and no skipped one.

On a developer's machine a test without its browser is skipped; in CI that would hide a page that nobody looked at.
"""

import sys
import xml.etree.ElementTree as ElementTree


def main(path: str) -> int:
    cases = ElementTree.parse(path).getroot().findall(".//testcase")
    skipped = [case for case in cases if case.find("skipped") is not None]
    for case in skipped:
        reason = case.find("skipped")
        words = reason.get("message", "") if reason is not None else ""
        print(f"skipped: {case.get('classname')}::{case.get('name')}: {words}", file=sys.stderr)
    if skipped or not cases:
        print(f"CI accepts no skipped test and no empty run: {len(skipped)} of {len(cases)}", file=sys.stderr)
        return 1
    # What the runner said, once more as the last line.
    print(f"{len(cases)} passed, 0 failed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
