"""A correction is told only to whoever was told what it corrects, though others follow corrections."""

FILE = "tracker/alerts/truth.py"
OLD = "(notice.corrects_id or not event.is_public):\n"
NEW = "(notice.corrects_id or not event.is_public or notice.news == News.CORRECTED):\n"
TEST = "tests/alerts/test_what_is_no_longer_true.py::test_who_follows_corrections_hears_of_one_of_what_they_never_heard"
