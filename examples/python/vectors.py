"""Runs webhook vectors through verify.py: python3 vectors.py < ../webhook-vectors/vectors.json. Prints what became of each."""

import base64
import json
import sys

from verify import WebhookVerificationError, verify_webhook


def outcome(vector):
    body = base64.b64decode(vector['body_base64'])
    try:
        event = verify_webhook(body, vector['headers'], vector['secrets'], now=vector['now'])
    except WebhookVerificationError:
        return 'refused'
    except ValueError:
        return 'no secret'
    return f"accepted {event['event']}"


print(json.dumps([outcome(vector) for vector in json.load(sys.stdin)]))
