"""A title can write headers of a mail."""

FILE = "tracker/alerts/messages.py"
OLD = 'subject=cut(line(render_to_string(f"emails/{name}-subject.txt", context)), SUBJECT_LENGTH),'
NEW = 'subject=cut(render_to_string(f"emails/{name}-subject.txt", context), SUBJECT_LENGTH),'
TEST = "tests/alerts/test_messages.py::test_every_value_is_escaped_and_no_line_break_reaches_the_subject"
