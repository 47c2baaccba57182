"""A process of its own that opens a spreadsheet and writes its rows, one JSON value a line.

What a file does to the library that opens it (a crash, all memory, no end) ends here, and not in a worker or a page.
It imports nothing of the register, so that it starts at once: `python sheet_process.py FILE MEGABYTES SECONDS`.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine


def plain(value: Any) -> Any:
    """A cell as JSON: a date as {"d": …}, a length of time as text."""
    match value:
        case datetime():
            return {"d": value.date().isoformat()}
        case date():
            return {"d": value.isoformat()}
        case time() | timedelta():
            return str(value)
    return value


def main(file: str, megabytes: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds,) * 2)
    book = python_calamine.CalamineWorkbook.from_path(file)
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        sys.stdout.write(json.dumps({"height": sheet.total_height + 1}) + "\n")
        for number, row in enumerate(sheet.iter_rows(), 1):
            sys.stdout.write(json.dumps([name, number, [plain(value) for value in row]]) + "\n")
    sys.stdout.write(json.dumps("end") + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
