"""What is told no more overtakes what stands."""

FILE = "tracker/alerts/truth.py"
OLD = "        if n.told or found[n.pk].tell or found[n.pk].later\n"
NEW = ""
TEST = "tests/alerts/test_told_wrong.py::test_what_was_withdrawn_overtakes_nothing"
