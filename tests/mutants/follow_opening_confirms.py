"""Opening the link confirms: a mail scanner subscribes people."""

FILE = "tracker/web/follow.py"
OLD = '    if request.method != "POST":\n        how = Channel'
NEW = '    if request.method == "OPTIONS":\n        how = Channel'
TEST = "tests/alerts/test_readers.py::test_opening_the_link_confirms_nothing"
