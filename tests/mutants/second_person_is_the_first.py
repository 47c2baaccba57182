"""Whoever entered what a body would contest publishes it alone."""

FILE = "tracker/actions/_second.py"
OLD = "    held = [fact for fact in adverse if names[fact.noun.value, fact.pk] & barred]"
NEW = "    held: list[Fact] = []"
TEST = "tests/actions/test_two_people.py::test_whoever_entered_a_refusal_in_our_words_cannot_publish_it_and_another_can"
