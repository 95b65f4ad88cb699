<?php
// Receives webhooks: php -S 127.0.0.1:3000 receiver.php, or any web server with PHP 8.1 or newer.

require __DIR__ . '/verify.php';

// The bytes that were sent and signed. What json_decode and json_encode make of them would be others.
$body = file_get_contents('php://input');
$headers = array_change_key_case(getallheaders());
$secret = getenv('WHATSFLOW_WEBHOOK_SECRET') ?: throw new RuntimeException('Set WHATSFLOW_WEBHOOK_SECRET');

try {
    $event = verifyWebhook($body, $headers, $secret);
} catch (WebhookVerificationError $error) {
    http_response_code(401);
    exit($error->getMessage());
}

// Deliveries may repeat, always under the same $headers['webhook-id']: remember in your database which ones you have processed.
switch ($event['event']) {
    case 'message.received':
        error_log("New message: {$event['data']['message']}");
        break;
    case 'device.disconnected':
        error_log("Device disconnected: {$event['data']['device_name']}");
        break;
}
echo 'OK';
