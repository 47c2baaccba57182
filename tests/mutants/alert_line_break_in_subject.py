"""A title can write headers of a mail."""

FILE = "tracker/alerts/messages.py"
OLD = '    subject = line(render_to_string("emails/news-subject.txt", context))\n'
NEW = '    subject = render_to_string("emails/news-subject.txt", context)\n'
TEST = "tests/alerts/test_messages.py::test_every_value_is_escaped_and_no_line_break_reaches_the_subject"
