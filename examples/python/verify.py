"""Verifies webhooks, by either scheme. Nothing but the standard library."""

import base64
import hashlib
import hmac
import time

TOLERANCE_SECONDS = 300


def verify_signature(body: bytes, headers, secret: str) -> bool:
    """X-Webhook-Signature: the key is the whole secret as text, and only the body is signed."""
    expected = 'sha256=' + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return equal(headers.get('X-Webhook-Signature'), expected)


def verify_standard_webhook(body: bytes, headers, secret: str) -> bool:
    """Standard Webhooks: the key is what the base64 stands for, and id and time are signed too."""
    message_id, timestamp = headers.get('webhook-id', ''), headers.get('webhook-timestamp', '')
    if not (timestamp.isascii() and timestamp.isdigit()) or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    key = base64.b64decode(secret.removeprefix('whsec_'))
    signed = f'{message_id}.{timestamp}.'.encode() + body
    expected = 'v1,' + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(equal(signature, expected) for signature in headers.get('webhook-signature', '').split(' '))


def equal(given, expected: str) -> bool:
    """Takes as long for a signature that is wrong at its end as for one that is wrong at once. Bytes: it refuses odd text."""
    return hmac.compare_digest((given or '').encode(), expected.encode())
