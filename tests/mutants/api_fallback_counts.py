"""A fallback counts as a repeat."""

FILE = "tracker/queries/lineage.py"
OLD = "        .exclude(relation=Relation.FALLBACK)\n"
NEW = ""
TEST = "tests/api/test_recommendations.py::test_every_ask_of_a_chain_tells_the_whole_chain_without_fallbacks"
