const axios = require('axios');

const api = axios.create({
  baseURL: 'http://localhost:2152/api/public/v1',
  headers: {
    'Authorization': 'Bearer wf_live_your_key',
    'Content-Type': 'application/json'
  }
});

// Send message
async function sendMessage(phoneNumber, message) {
  try {
    const response = await api.post('/messages/send', {
      phone_number: phoneNumber,
      message: message
    });
    
    console.log('Message sent:', response.data);
    return response.data;
  } catch (error) {
    console.error('Failed to send:', error.response?.data);
  }
}

// List devices
async function listDevices() {
  const response = await api.get('/devices');
  return response.data.data;
}
