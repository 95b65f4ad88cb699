"""Verifies webhooks, with nothing but the standard library. Python 3.9 or newer."""

import base64
import hmac
import json
import re
import time

TOLERANCE_SECONDS = 300


class WebhookVerificationError(Exception):
    """The holder of the secret did not send this just now. Answer 401 and do nothing else."""


def verify_webhook(body: bytes, headers, secrets, now=None) -> dict:
    """The event. `secrets` is the webhook's secret, or a list of two while one replaces the other."""
    keys = [signing_key(secret) for secret in (secrets if isinstance(secrets, (list, tuple)) else [secrets])]
    if not keys:
        raise ValueError('There is no secret: pass the one that was shown when the webhook was made')

    names = ('webhook-id', 'webhook-timestamp', 'webhook-signature')
    delivery_id, timestamp, signatures = (headers.get(name) or '' for name in names)
    if not (delivery_id and timestamp and signatures):
        raise WebhookVerificationError('webhook-id, webhook-timestamp or webhook-signature is missing')
    if not re.fullmatch('[0-9]{1,12}', timestamp):
        raise WebhookVerificationError('webhook-timestamp must be Unix seconds')

    signed = f'{delivery_id}.{timestamp}.'.encode() + body
    expected = [b'v1,' + base64.b64encode(hmac.digest(key, signed, 'sha256')) for key in keys]
    given = signatures.encode().split(b' ')
    # In constant time, and as bytes: compare_digest throws at text beyond ASCII.
    if not any(hmac.compare_digest(one, other) for one in given for other in expected):
        raise WebhookVerificationError('webhook-signature does not fit the body and the secret')
    if abs((time.time() if now is None else now) - int(timestamp)) > TOLERANCE_SECONDS:
        raise WebhookVerificationError('The request was signed too long ago, or in the future')
    return parse_event(body)


def signing_key(secret) -> bytes:
    """What the base64 after whsec_ stands for. Wrong settings are no WebhookVerificationError: all requests would fail."""
    match = re.fullmatch('whsec_((?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2,4})={0,2}', secret or '')
    if not match:
        raise ValueError('The secret is missing, or not whsec_ followed by base64: pass it as it was shown')
    return base64.b64decode(match[1] + '=' * (-len(match[1]) % 4))


def parse_event(body: bytes) -> dict:
    try:
        # Decoded here: json.loads would guess the encoding of bytes.
        event = json.loads(body.decode())
    except ValueError as error:
        raise WebhookVerificationError('The body is not JSON in UTF-8') from error
    fields = {'event': str, 'timestamp': str, 'data': dict}
    if not isinstance(event, dict) or not all(isinstance(event.get(name), kind) for name, kind in fields.items()):
        raise WebhookVerificationError('The body is not an event')
    return event
