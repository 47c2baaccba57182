"""A signature made for something else opens the page of a second person."""

FILE = "tracker/queries/seconding.py"
OLD = "row_behind(token, purpose=SALT, within=LASTS)"
NEW = 'row_behind(token, purpose="another purpose", within=LASTS)'
TEST = "tests/admin/test_silence_walk.py::test_a_signature_for_another_purpose_opens_nothing"
