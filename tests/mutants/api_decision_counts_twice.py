"""One decision that refuses two asks counts as two refusals."""

FILE = "tracker/queries/lineage.py"
OLD = "        len({decision for pk in family for decision in refusals.get((pk, on_behalf), ())})\n"
NEW = "        sum(len(refusals.get((pk, on_behalf), ())) for pk in family)\n"
TEST = "tests/api/test_recommendations.py::test_one_decision_that_refuses_five_asks_counts_once"
