"""A mail of a challenge of a whole ask names those to whom it is not yet put in public."""

FILE = "tracker/alerts/told.py"
OLD = "        if pk in known.statuses\n"
NEW = "        if known.statuses.setdefault(pk, NO_LONGER_SHOWN)\n"
TEST = "tests/alerts/test_contested.py::test_whom_an_ask_will_be_put_to_is_not_told_before_it_is_public"
