"""An export takes its rows past the one door."""

FILE = "api/exports.py"
OLD = "            rows, keys = listed.matching(wanted), listed.orders[wanted.ordering]\n"
NEW = """            rows, keys = listed.matching(wanted), listed.orders[wanted.ordering]
            if listed is views.AddresseeViewSet:
                rows = rows.model.objects.all()
"""
TEST = "tests/api/test_exports.py::test_every_form_says_what_the_list_says_with_drafts_beside"
