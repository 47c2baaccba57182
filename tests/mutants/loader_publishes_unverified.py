"""The loader publishes what nobody has checked."""

FILE = "tracker/importing/publication.py"
OLD = "        if row.draft or (isinstance(fact, SourcedFact) and fact.verification == Verification.UNVERIFIED):\n"
NEW = "        if row.draft:\n"
TEST = "tests/importing/test_loading.py::test_what_is_unverified_is_a_draft_and_so_is_what_stands_on_it"
