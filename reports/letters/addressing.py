"""To whom a letter goes: contacts in service with an address to which mail can be sent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from states.models import Contact, State

from .languages import language_for
from .models import Bounce, LetterStage, RecipientRole
from .models.stages import addresses
from .rendering import Addressee, one_line

AddressedTo = LetterStage.AddressedTo
MISSION, FOCAL_POINT = Contact.Kind.PERMANENT_MISSION, Contact.Kind.FOCAL_POINT


@dataclass(frozen=True)
class Addressing:
    """Whom one letter addresses, in which language and how. `to` is empty where nobody can be."""

    language: str
    form_of_address: str
    names: tuple[str, ...]
    person: str
    addressees: tuple[Addressee, ...]

    @property
    def has_address(self) -> bool:
        return any(item.role == RecipientRole.TO for item in self.addressees)

    @property
    def emails(self) -> frozenset[tuple[str, str]]:
        """Role and address of each, to tell whether they changed since."""
        return frozenset((item.role, item.email) for item in self.addressees)


@dataclass(frozen=True)
class AddressBook:
    """The contacts in service on a day, and the addresses from which mail came back."""

    contacts: Mapping[int, tuple[Contact, ...]]
    languages: Mapping[int, str]
    bounced: frozenset[str]

    @classmethod
    def load(cls, on: date, *, state_ids: Iterable[int] | None = None) -> "AddressBook":
        """Costs three queries; of some states alone, where named."""
        serving = Contact.objects.serving(on).order_by("pk")
        states = State.objects.all()
        if state_ids is not None:
            wanted = set(state_ids)
            serving, states = serving.filter(state__in=wanted), states.filter(pk__in=wanted)
        found: dict[int, list[Contact]] = defaultdict(list)
        for contact in serving:
            found[contact.state_id].append(contact)
        return cls(
            contacts={state_id: tuple(contacts) for state_id, contacts in found.items()},
            languages=dict(states.values_list("pk", "languages")),
            bounced=frozenset(
                email.lower() for email in Bounce.objects.standing().values_list("email", flat=True)
            ),
        )

    def addressing(self, *, state_id: int, stage: LetterStage) -> Addressing:
        """Whom a letter of a stage addresses in a state."""
        contacts = self.contacts.get(state_id, ())
        wanted = _KINDS[AddressedTo(stage.addressed_to)]
        # The mission first: it is the one that is spoken to.
        to = [item for kind in wanted for item in contacts if item.kind == kind]
        reached = [item for item in to if self.reaches(item)]
        spoken_to = next(iter(reached or to), None)
        return Addressing(
            language=language_for(
                contact=spoken_to.language if spoken_to else "",
                of_state=self.languages.get(state_id, ""),
            ),
            form_of_address=spoken_to.form_of_address if spoken_to else "",
            names=tuple(one_line(item.name) for item in reached or to),
            person=spoken_to.name if spoken_to and spoken_to.kind == FOCAL_POINT else "",
            addressees=tuple(self._addressees(reached, contacts, stage)),
        )

    def reaches(self, contact: Contact) -> bool:
        """Whether mail to a contact can be sent: it has an address from which none came back."""
        return bool(contact.email) and contact.email.lower() not in self.bounced

    def _addressees(
        self, to: Iterable[Contact], contacts: Iterable[Contact], stage: LetterStage
    ) -> Iterable[Addressee]:
        seen: set[str] = set()
        copies = [
            item
            for item in contacts
            if stage.copy_to_focal_points and item.kind == FOCAL_POINT and self.reaches(item)
        ]
        rows = [
            *(Addressee(RecipientRole.TO, one_line(item.name), item.email, item.pk) for item in to),
            *(
                Addressee(RecipientRole.CC, one_line(item.name), item.email, item.pk)
                for item in copies
            ),
            *(Addressee(RecipientRole.CC, "", email) for email in addresses(stage.copy_to)),
        ]
        for row in rows:
            if row.email.lower() not in seen:
                seen.add(row.email.lower())
                yield row


_KINDS = {
    AddressedTo.PERMANENT_MISSION: (MISSION,),
    AddressedTo.FOCAL_POINT: (FOCAL_POINT,),
    AddressedTo.BOTH: (MISSION, FOCAL_POINT),
}
