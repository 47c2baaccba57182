"""A form of any size is read whole, its files to the disk, before anybody says that it is too large."""

FILE = "tracker/config/settings.py"
OLD = '    "tracker.web.requests.bounded",\n'
NEW = ""
TEST = "tests/web/test_errors.py::test_what_is_too_large_is_refused_before_a_byte_of_it_is_read"
