"""The cursor moves in another transaction than the notices: who dies in between loses them."""

FILE = "tracker/alerts/fanout.py"
OLD = '''@transaction.atomic
def _read_on(at: datetime) -> int | None:
    """One batch; None when all is read, or while another worker reads.

    1. Lock the cursor. 2. Find the end of the batch: an action is never cut in two, for it is one mail.
    3. Make the notices of its news and of its corrections. 4. Move the cursor.
    """
    AlertCursor.objects.get_or_create(pk=1)
    cursor = _locked()
    end = _end_of_batch(cursor.number) if cursor else None
    if cursor is None or end is None:
        return None
    made, left_out = _note_what_can_be(_lines(seal__number__gt=cursor.number, seal__number__lte=end), at)
    cursor.number, cursor.left_out = end, [*cursor.left_out, *left_out]
    if len(cursor.left_out) > MOST_LEFT_OUT:
        raise RuntimeError(
            f"{len(cursor.left_out)} lines cannot be told: nothing is read on until that is mended"
        )
    cursor.save(update_fields=["number", "left_out"])
    return made
'''
NEW = """def _read_on(at: datetime) -> int | None:
    with transaction.atomic():
        AlertCursor.objects.get_or_create(pk=1)
        cursor = AlertCursor.objects.select_for_update().get(pk=1)
        start, end = cursor.number, _end_of_batch(cursor.number)
        if end is None:
            return None
        cursor.number = end
        cursor.save(update_fields=["number"])
    return _note(_lines(seal__number__gt=start, seal__number__lte=end), at)
"""
TEST = "tests/alerts/test_who_is_told.py::test_a_reader_that_dies_half_way_leaves_everything_to_the_next"
