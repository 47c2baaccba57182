"""A challenge that is a draft is shown beside the record in lists."""

FILE = "tracker/queries/challenge_documents.py"
OLD = "    public = Challenge.objects.public(given=given).filter("
NEW = "    public = Challenge.objects.filter("
TEST = "tests/api/test_contested.py::test_a_challenge_of_a_draft_or_a_withdrawn_answer_is_not_told"
