"""Receives webhooks in Flask."""

import os

from flask import Flask, request

from verify import WebhookVerificationError, verify_webhook

app = Flask(__name__)
SECRET = os.environ['WHATSFLOW_WEBHOOK_SECRET']

# Deliveries may repeat, always under the same id. In production keep the ids where they survive a restart.
processed = set()


@app.post('/webhooks/whatsflow')
def webhook():
    # The bytes that were sent and signed. request.json, written as JSON again, would be other bytes.
    body = request.get_data()
    try:
        event = verify_webhook(body, request.headers, SECRET)
    except WebhookVerificationError as error:
        return str(error), 401

    delivery_id = request.headers['webhook-id']
    if delivery_id not in processed:
        processed.add(delivery_id)
        handle(event)
    # After 30 seconds without an answer the event is sent again: hand long work to a queue.
    return 'OK', 200


def handle(event):
    if event['event'] == 'message.received':
        print(f"New message: {event['data']['message']}", flush=True)
    elif event['event'] == 'device.disconnected':
        print(f"Device disconnected: {event['data']['device_name']}", flush=True)


if __name__ == '__main__':
    app.run(port=int(os.environ.get('PORT', '3000')))
