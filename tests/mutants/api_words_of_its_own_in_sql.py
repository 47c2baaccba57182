"""SQL says a status in words of its own."""

FILE = "tracker/queries/wording.py"
OLD = '    return f"CASE WHEN {members_called} IS NULL THEN {quoted(FOR_IT)} ELSE {group} END"\n'
NEW = "    return f\"CASE WHEN {members_called} IS NULL THEN 'them' ELSE {group} END\"\n"
TEST = "tests/cases/test_listed_documents.py::test_every_addressee_of_the_real_case[2022-01-20]"
