"""A name that only a draft bears is found, and keeps a name that is nearly so from being."""

FILE = "tracker/queries/meaning.py"
OLD = "Body.objects.public().order_by()"
NEW = "Body.objects.order_by()"
TEST = "tests/api/test_search.py::test_a_draft_keeps_no_misspelt_name_from_being_found"
