"""A small client with error handling, retries and Idempotency-Key. Python 3.9 or newer, requests 2.28 or newer."""

import os
import sys
import time
import uuid

import requests

BASE_URL = os.environ.get('WHATSFLOW_URL', 'http://localhost:2152').rstrip('/') + '/api/public/v1'
ATTEMPTS = 3


class WhatsFlowError(Exception):
    """The API answered with an error. `code` is made for programs, the message for people."""

    def __init__(self, status, body):
        super().__init__(body.get('message') or f'the API answered {status}')
        self.status = status
        self.code = body.get('code', f'http_{status}')
        self.retryable = body.get('retryable', status in (502, 503, 504))
        self.retry_after = body.get('retryAfter')
        self.request_id = body.get('request_id')


class WhatsFlow:
    def __init__(self, api_key, base_url=BASE_URL):
        self._base_url = base_url
        self._session = requests.Session()
        self._session.headers['Authorization'] = f'Bearer {api_key}'

    def send_message(self, phone_number, message, idempotency_key=None):
        body = {'phone_number': phone_number, 'message': message}
        # One key for all attempts: a repeat after a lost answer does not send twice. Give your own, such as
        # 'order-1042-confirmation', and it holds across a crash of this program too.
        headers = {'Idempotency-Key': idempotency_key or str(uuid.uuid4())}
        return self._request('POST', '/messages/send', json=body, headers=headers)['data']

    def list_devices(self):
        return self._request('GET', '/devices')['data']

    def messages(self, **filters):
        """All messages, page after page, by cursor."""
        cursor = None
        while True:
            query = {'limit': 100, **filters, **({'cursor': cursor} if cursor else {})}
            page = self._request('GET', '/messages', params=query)
            yield from page['data']
            cursor = page['pagination']['next_cursor']
            if cursor is None:
                return

    def _request(self, method, path, **options):
        for attempt in range(1, ATTEMPTS + 1):
            pause = 2 ** (attempt - 1)
            try:
                # Longer than the 15 seconds for which the server waits for WhatsApp.
                response = self._session.request(method, self._base_url + path, timeout=30, **options)
            except requests.ConnectionError:
                if attempt == ATTEMPTS:
                    raise
            else:
                if response.ok:
                    return response.json()
                error = WhatsFlowError(response.status_code, json_or_empty(response))
                if not error.retryable or attempt == ATTEMPTS:
                    raise error
                pause = error.retry_after or int(response.headers.get('Retry-After', pause))
            time.sleep(pause)


def json_or_empty(response):
    """A proxy in between may answer with HTML."""
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


if __name__ == '__main__':
    client = WhatsFlow(os.environ['WHATSFLOW_API_KEY'])
    number, text = sys.argv[1:3] if len(sys.argv) > 2 else ('+94771234567', 'Hello from Python!')
    try:
        sent = client.send_message(number, text)
        print(f"{sent['status']}: {sent['message']}")
        for device in client.list_devices():
            print(f"device: {device['device_name']} is {device['status']}")
        for message in client.messages(direction='outbound'):
            print(f"message: {message['content']}")
    except WhatsFlowError as error:
        sys.exit(f'{error.code}: {error}')
