"""Publishing a report with its asks leaves whom they were put to in draft."""

FILE = "tracker/admin/whole.py"
OLD = "for kind in (Link, Addressee)]"
NEW = "for kind in (Link,)]"
TEST = "tests/admin/test_acts.py::test_a_saved_report_is_published_with_the_drafts_that_were_entered_below_it"
