"""What another body refused for it counts as its refusal."""

FILE = "tracker/queries/lineage.py"
OLD = "        found[ask, on_behalf].add("
NEW = "        found[ask, False].add("
TEST = "tests/api/test_recommendations.py::test_one_decision_that_refuses_five_asks_counts_once"
