"""Verifies X-Webhook-Signature alone, for servers that send nothing else. It says nothing of the time: prefer verify.py."""

import hashlib
import hmac


def verify_body_signature(body: bytes, headers, secret: str) -> bool:
    """The key is the whole secret as text, and only the body is signed: request.get_data() in Flask."""
    if not secret:
        raise ValueError('There is no secret: pass the one that was shown when the webhook was made')
    expected = 'sha256=' + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    # In constant time, and as bytes: compare_digest throws at text beyond ASCII.
    return hmac.compare_digest((headers.get('x-webhook-signature') or '').encode(), expected.encode())
