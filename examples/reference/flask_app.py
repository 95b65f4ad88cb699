from flask import Flask, request, jsonify
import hmac
import hashlib
import json

app = Flask(__name__)
WEBHOOK_SECRET = 'whsec_your_secret_here'

def verify_signature(payload, signature):
    expected = hmac.new(
        WEBHOOK_SECRET.encode(),
        json.dumps(payload, separators=(',', ':')).encode(),
        hashlib.sha256
    ).hexdigest()
    
    return signature == f'sha256={expected}'

@app.route('/webhooks/whatsflow', methods=['POST'])
def webhook():
    signature = request.headers.get('X-Webhook-Signature')
    
    # Verify signature
    if not verify_signature(request.json, signature):
        return 'Invalid signature', 401
    
    event = request.json
    
    # Handle events
    if event['event'] == 'message.received':
        print(f"New message: {event['data']['message']}")
        # Process message...
    
    elif event['event'] == 'device.disconnected':
        print(f"Device disconnected: {event['data']['device_name']}")
        # Send alert...
    
    return 'OK', 200

if __name__ == '__main__':
    app.run(port=3000)
