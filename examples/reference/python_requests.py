import requests

API_KEY = 'wf_live_your_key'
BASE_URL = 'http://localhost:2152/api/public/v1'

headers = {
    'Authorization': f'Bearer {API_KEY}',
    'Content-Type': 'application/json'
}

# Send message
def send_message(phone_number, message):
    url = f'{BASE_URL}/messages/send'
    payload = {
        'phone_number': phone_number,
        'message': message
    }
    
    response = requests.post(url, headers=headers, json=payload)
    return response.json()

# List devices
def list_devices():
    url = f'{BASE_URL}/devices'
    response = requests.get(url, headers=headers)
    return response.json()['data']
