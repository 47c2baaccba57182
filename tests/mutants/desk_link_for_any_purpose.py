"""A signature made for something else opens the page of a second person."""

FILE = "tracker/queries/seconding.py"
OLD = "signing.loads(token, salt=SALT, max_age=LASTS)"
NEW = 'signing.loads(token, salt="another purpose", max_age=LASTS)'
TEST = "tests/admin/test_silence_walk.py::test_a_signature_for_another_purpose_opens_nothing"
