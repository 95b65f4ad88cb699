<?php
$apiKey = 'wf_live_your_key';
$baseUrl = 'http://localhost:2152/api/public/v1';

function sendMessage($phoneNumber, $message) {
    global $apiKey, $baseUrl;
    
    $url = "$baseUrl/messages/send";
    $data = [
        'phone_number' => $phoneNumber,
        'message' => $message
    ];
    
    $options = [
        'http' => [
            'header' => "Authorization: Bearer $apiKey\r\n" .
                       "Content-Type: application/json\r\n",
            'method' => 'POST',
            'content' => json_encode($data)
        ]
    ];
    
    $context = stream_context_create($options);
    $result = file_get_contents($url, false, $context);
    
    return json_decode($result, true);
}

// Usage
$response = sendMessage('+94771234567', 'Hello from PHP!');
print_r($response);
?>
