"""What the transport says of every way in which handing a message over can end."""

from dataclasses import dataclass

import pytest
from django.test import override_settings
from pytest_django import Settings

from ccm_portal.mail import Outcome, Phase, Result, transport_of_settings
from ccm_portal.mail.smtp import SMTPTransport
from ccm_portal.mail.transport import SMTP_BACKEND

from .server import DROP, STALL, Judge, MailServer, Moment, Step, free_port

SENDER = "secretariat@ccm.test"
MISSION = "mission@state.test"
COPY = "copy@other.test"
CONTENT = (
    b"Message-ID: <1@ccm.test>\r\nSubject: A letter\r\n\r\n.begins with a dot\r\n..and two\r\nend"
)


def send(transport: SMTPTransport, content: bytes = CONTENT) -> Outcome:
    return (
        transport.open()
        or transport.offer(SENDER, [MISSION, COPY], {MISSION})
        or transport.hand_over(content)
    )


def judge(step: Step, verdict: str, *, address: str = "") -> Judge:
    def at(moment: Moment) -> str | None:
        return verdict if (moment.step, moment.address) == (step, address) else None

    return at


def test_an_accepted_message_arrives_as_it_was(mail_server: MailServer) -> None:
    with transport_of_settings() as transport:
        assert isinstance(transport, SMTPTransport)
        outcome = send(transport)

    assert (outcome.result, outcome.phase, outcome.code) == (Result.ACCEPTED, Phase.CONTENT, 250)
    assert [(reply.address, reply.accepted) for reply in outcome.recipients] == [
        (MISSION, True),
        (COPY, True),
    ]
    (taken,) = mail_server.taken
    assert taken.content == CONTENT + b"\r\n"
    assert (taken.sender, taken.recipients) == (SENDER, (MISSION, COPY))


@dataclass(frozen=True)
class Case:
    """What the server does at a step, and what must be known afterwards."""

    name: str
    step: Step
    verdict: str
    result: Result
    phase: Phase
    code: int | None
    address: str = ""
    taken: int = 0


CASES = [
    Case("greeting refused", Step.GREETING, "554 No", Result.DEFERRED, Phase.CONNECTION, 554),
    Case("greeting stalls", Step.GREETING, STALL, Result.DEFERRED, Phase.CONNECTION, None),
    Case("greeting drops", Step.GREETING, DROP, Result.DEFERRED, Phase.CONNECTION, None),
    Case(
        *("sender refused", Step.SENDER, "550 5.7.1 No", Result.REFUSED, Phase.ENVELOPE, 550),
        address=SENDER,
    ),
    Case(
        *("sender later", Step.SENDER, "451 Later", Result.DEFERRED, Phase.ENVELOPE, 451),
        address=SENDER,
    ),
    Case(
        *("sender closing", Step.SENDER, "421 Closing", Result.DEFERRED, Phase.ENVELOPE, 421),
        address=SENDER,
    ),
    Case(
        *("sender drops", Step.SENDER, DROP, Result.DEFERRED, Phase.ENVELOPE, None),
        address=SENDER,
    ),
    Case(
        *("mission refused", Step.RECIPIENT, "550 5.1.1 No", Result.REFUSED, Phase.ENVELOPE, 550),
        address=MISSION,
    ),
    Case(
        *("mission later", Step.RECIPIENT, "450 Busy", Result.DEFERRED, Phase.ENVELOPE, 450),
        address=MISSION,
    ),
    Case(
        *("mission stalls", Step.RECIPIENT, STALL, Result.DEFERRED, Phase.ENVELOPE, None),
        address=MISSION,
    ),
    Case("data refused", Step.DATA, "554 No", Result.REFUSED, Phase.ENVELOPE, 554),
    Case("data later", Step.DATA, "451 Later", Result.DEFERRED, Phase.ENVELOPE, 451),
    Case("data stalls", Step.DATA, STALL, Result.DEFERRED, Phase.ENVELOPE, None),
    Case("data drops", Step.DATA, DROP, Result.DEFERRED, Phase.ENVELOPE, None),
    Case("content refused", Step.CONTENT, "554 Spam", Result.REFUSED, Phase.CONTENT, 554),
    Case("content later", Step.CONTENT, "452 Full", Result.DEFERRED, Phase.CONTENT, 452),
    Case("content no reply", Step.CONTENT, "999 Odd", Result.UNKNOWN, Phase.CONTENT, 999),
    Case("content nonsense", Step.CONTENT, "what?", Result.UNKNOWN, Phase.CONTENT, -1),
    Case("content stalls", Step.CONTENT, STALL, Result.UNKNOWN, Phase.CONTENT, None),
    Case("content drops", Step.CONTENT, DROP, Result.UNKNOWN, Phase.CONTENT, None),
    Case("taken, stalls", Step.TAKEN, STALL, Result.UNKNOWN, Phase.CONTENT, None, taken=1),
    Case("taken, drops", Step.TAKEN, DROP, Result.UNKNOWN, Phase.CONTENT, None, taken=1),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_end_of_a_try_is_told_apart(mail_server: MailServer, case: Case) -> None:
    mail_server.judge = judge(case.step, case.verdict, address=case.address)
    with SMTPTransport(timeout=0.5) as transport:
        outcome = send(transport)
        assert (outcome.result, outcome.phase, outcome.code) == (
            case.result,
            case.phase,
            case.code,
        )
        assert len(mail_server.taken) == case.taken

        # The next message of the batch goes out as if nothing had happened.
        mail_server.judge = lambda moment: None
        assert send(transport).result is Result.ACCEPTED


def test_nobody_listening_is_no_answer_and_worth_another_try(settings: Settings) -> None:
    settings.EMAIL_BACKEND = SMTP_BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    with SMTPTransport() as transport:
        outcome = send(transport)

    assert (outcome.result, outcome.phase) == (Result.DEFERRED, Phase.CONNECTION)
    assert outcome.text.startswith("ConnectionRefusedError")


def test_a_refused_copy_does_not_hold_the_letter_back(mail_server: MailServer) -> None:
    mail_server.judge = judge(Step.RECIPIENT, "550 5.1.1 Unknown", address=COPY)
    with SMTPTransport() as transport:
        outcome = send(transport)

    assert outcome.result is Result.ACCEPTED
    (refused,) = outcome.refused_recipients
    assert (refused.address, refused.code, refused.text) == (COPY, 550, "5.1.1 Unknown")
    assert refused.is_bad_address
    assert mail_server.taken[0].recipients == (MISSION,)


def test_a_letter_whose_addressee_is_refused_does_not_reach_the_copies_either(
    mail_server: MailServer,
) -> None:
    mail_server.judge = judge(Step.RECIPIENT, "550 5.7.1 Policy", address=MISSION)
    with SMTPTransport() as transport:
        outcome = send(transport)

    assert outcome.result is Result.REFUSED
    assert [reply.is_bad_address for reply in outcome.recipients] == [False, False]
    assert mail_server.taken == []


def test_one_connection_serves_a_batch(mail_server: MailServer) -> None:
    with SMTPTransport() as transport:
        outcomes = [send(transport) for _ in range(5)]

    assert {outcome.result for outcome in outcomes} == {Result.ACCEPTED}
    assert mail_server.connections == 1


def test_a_connection_that_the_server_closed_meanwhile_is_opened_again(
    mail_server: MailServer,
) -> None:
    closing = iter([None, DROP])

    def close_at_the_second_message(moment: Moment) -> str | None:
        return next(closing, None) if moment.step is Step.SENDER else None

    mail_server.judge = close_at_the_second_message
    with SMTPTransport() as transport:
        outcomes = [send(transport) for _ in range(3)]

    assert [outcome.result for outcome in outcomes] == [Result.ACCEPTED] * 3
    assert mail_server.connections == 2


def test_an_offer_that_is_taken_back_leaves_nothing_behind(mail_server: MailServer) -> None:
    with SMTPTransport() as transport:
        assert transport.offer(SENDER, [MISSION], {MISSION}) is None
        transport.withdraw()
        assert send(transport).result is Result.ACCEPTED

    (taken,) = mail_server.taken
    assert taken.recipients == (MISSION, COPY)


@override_settings(EMAIL_USE_TLS=True)
def test_a_server_without_tls_is_told_nothing_where_tls_is_asked_for(
    mail_server: MailServer,
) -> None:
    with SMTPTransport() as transport:
        outcome = send(transport)

    assert (outcome.result, outcome.phase) == (Result.DEFERRED, Phase.CONNECTION)
    assert mail_server.taken == []
