"""On a scorecard what another body said for it counts as its own position."""

FILE = "tracker/queries/scorecards.py"
OLD = ' AND NOT on_behalf_on", (position,))'
NEW = '", (position,))'
TEST = "tests/api/test_scorecards.py::test_what_another_said_for_it_is_never_among_its_own"
