const express = require('express');
const crypto = require('crypto');

const app = express();
app.use(express.json());

const WEBHOOK_SECRET = 'whsec_your_secret_here';

function verifySignature(payload, signature) {
  const expected = crypto
    .createHmac('sha256', WEBHOOK_SECRET)
    .update(JSON.stringify(payload))
    .digest('hex');
    
  return signature === `sha256=${expected}`;
}

app.post('/webhooks/whatsflow', (req, res) => {
  const signature = req.headers['x-webhook-signature'];
  
  // Verify signature
  if (!verifySignature(req.body, signature)) {
    return res.status(401).send('Invalid signature');
  }
  
  const event = req.body;
  
  // Handle different event types
  switch (event.event) {
    case 'message.received':
      console.log('New message:', event.data.message);
      // Process message...
      break;
      
    case 'device.disconnected':
      console.log('Device disconnected:', event.data.device_name);
      // Send alert...
      break;
  }
  
  // Always respond with 200
  res.status(200).send('OK');
});

app.listen(3000);
