"""A spreadsheet takes as much memory as it likes."""

FILE = "tracker/importing/sheet_process.py"
OLD = "    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1024 * 1024,) * 2)\n"
NEW = "    assert megabytes\n"
TEST = "tests/importing/test_reading_files.py::test_a_sheet_that_takes_too_much_memory_is_refused"
