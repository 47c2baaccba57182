"""A draft answer by a letter that is public moves `updated_at`."""

FILE = "tracker/queries/changes.py"
OLD = '    " WHERE published_at IS NOT NULL AND withdrawn_at IS NULL",\n'
NEW = '    "",\n'
TEST = "tests/api/test_addressee_filters.py::test_a_response_read_of_a_draft_answer_updates_nothing"
