"""An addressee tells when its row changed, private edits and all."""

FILE = "tracker/queries/changes.py"
OLD = 'e.subject_id = part.id AND e.is_public"'
NEW = 'e.subject_id = part.id"'
TEST = "tests/api/test_addressees.py::test_updated_at_is_that_of_the_last_public_line_about_it_or_its_parts"
