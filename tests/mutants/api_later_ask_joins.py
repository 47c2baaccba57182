"""An ask that is made later joins two before it is."""

FILE = "tracker/queries/lineage.py"
OLD = "        .filter(recommendation__asked_earliest__lte=ON, other__asked_earliest__lte=ON)\n"
NEW = ""
TEST = "tests/api/test_recommendations.py::test_an_ask_that_is_made_later_joins_no_two_before_it"
