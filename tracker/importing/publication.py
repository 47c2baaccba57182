"""Which of the facts of a file the public may see."""

from collections.abc import Sequence

from tracker.importing.on_record import OnRecord, column, touched_by_staff
from tracker.importing.rows import Row
from tracker.models import Fact, Recommendation, Source, SourcedFact, Theme
from tracker.vocabulary import Verification

# Shown only where something public stands on them: alone they could tell of a draft.
SHOWN_WHEN_USED = (Source, Theme)


class Publication:
    """Works out what to publish: all that is not unverified, nor a draft by the file, nor stands on a draft."""

    def __init__(self, named: Sequence[tuple[Row, Fact]], added: set[int], on_record: OnRecord) -> None:
        self.named = named
        self.added = added
        self.on_record = on_record
        self.shown: set[tuple[type[Fact], int]] = set()
        self.known: dict[tuple[type[Fact], int], bool] = {}
        self.left_to_staff: set[tuple[type[Fact], int]] = set()
        self.facts: list[Fact] = []

    def find(self) -> list[Fact]:
        """The facts to publish, those first that others stand on."""
        self._staff_decide()
        named = sorted(self.named, key=lambda pair: getattr(pair[1], "part_of_id", None) is not None)
        for model in self.on_record.facts:
            for row, fact in named:
                if type(fact) is model and self._is_waiting(fact) and self._may_be_shown(row, fact):
                    self._show(fact)
        return [*self._used(Source), *self._used(Theme), *self.facts]

    def _is_waiting(self, fact: Fact) -> bool:
        return (
            fact.is_draft
            and not isinstance(fact, SHOWN_WHEN_USED)
            and (type(fact), fact.pk) not in self.left_to_staff
        )

    def _show(self, fact: Fact) -> None:
        self.shown.add((type(fact), fact.pk))
        self.facts.append(fact)

    def _staff_decide(self) -> None:
        """Drafts on record that staff wrote a line about: they decide when to publish them."""
        drafts = [fact for _, fact in self.named if fact.is_draft and id(fact) not in self.added]
        for model in self.on_record.facts:
            few = [fact for fact in drafts if type(fact) is model]
            if few:
                self.left_to_staff |= {(model, pk) for pk in touched_by_staff(model, few)}

    def _may_be_shown(self, row: Row, fact: Fact) -> bool:
        if row.draft or (isinstance(fact, SourcedFact) and fact.verification == Verification.UNVERIFIED):
            return False
        return all(self._is_shown(fact, name) for name in fact.ancestors)

    def _is_shown(self, fact: Fact, name: str) -> bool:
        """Is, or will be, this ancestor of a fact public? A source is published with what stands on it."""
        field = column(type(fact), name)
        key = field.related_model, getattr(fact, field.attname)
        if key[1] is None or key in self.shown:
            return True
        if key not in self.known:
            self.known[key] = self._is_public(self.on_record.by_id(*key) or getattr(fact, name))
        return self.known[key]

    def _is_public(self, fact: Fact) -> bool:
        if isinstance(fact, Source):
            return fact.withdrawn_at is None
        return fact.is_published and all(self._is_shown(fact, name) for name in fact.ancestors)

    def _used(self, model: type[Fact]) -> list[Fact]:
        """Those of the sources, or of the themes, that something public stands on."""
        used: set[int] = set()
        for row, fact in self.named:
            if (type(fact), fact.pk) in self.shown or fact.is_published:
                used |= self._stands_on(model, row, fact)
        waiting = (fact for fact in self.on_record.facts[model].values() if fact.is_draft)
        return [fact for fact in waiting if fact.pk in used and (model, fact.pk) not in self.left_to_staff]

    def _stands_on(self, model: type[Fact], row: Row, fact: Fact) -> set[int]:
        if model is Source and isinstance(fact, SourcedFact):
            return {fact.source_id} if fact.source_id else set()
        if model is Theme and isinstance(fact, Recommendation):
            themes = (self.on_record.get(Theme, ref) for ref in row.sets.get("themes", []))
            return {theme.pk for theme in themes if theme}
        return set()
