<?php
// Sends one message: php send.php +94771234567 "Hello!". Needs PHP 8.1 or newer with the curl extension.

final class WhatsFlowError extends RuntimeException
{
    public function __construct(
        string $message,
        public readonly int $status,
        public readonly string $errorCode,
        public readonly bool $retryable,
    ) {
        parent::__construct($message);
    }
}

/**
 * One key for all attempts of one message: a repeat after a lost answer does not send twice. Take it from what the message is about,
 * such as order-1042-confirmation, and it holds across a crash too.
 */
function sendMessage(string $phoneNumber, string $message, string $idempotencyKey): array
{
    $baseUrl = rtrim(getenv('WHATSFLOW_URL') ?: 'http://localhost:2152', '/') . '/api/public/v1';
    $request = curl_init("$baseUrl/messages/send");
    curl_setopt_array($request, [
        CURLOPT_POST => true,
        CURLOPT_POSTFIELDS => json_encode(
            ['phone_number' => $phoneNumber, 'message' => $message],
            JSON_THROW_ON_ERROR,
        ),
        CURLOPT_HTTPHEADER => [
            'Authorization: Bearer ' . getenv('WHATSFLOW_API_KEY'),
            'Content-Type: application/json',
            "Idempotency-Key: $idempotencyKey",
        ],
        CURLOPT_RETURNTRANSFER => true,
        // Longer than the 15 seconds for which the server waits for WhatsApp.
        CURLOPT_TIMEOUT => 30,
    ]);
    $answer = curl_exec($request);
    if ($answer === false) {
        throw new WhatsFlowError(curl_error($request), 0, 'no_answer', true);
    }
    $status = curl_getinfo($request, CURLINFO_RESPONSE_CODE);
    // A proxy in between may answer with HTML, so what is no JSON is an error too.
    $body = json_decode($answer, true);
    if ($status !== 200 || !is_array($body)) {
        throw new WhatsFlowError(
            $body['message'] ?? "the API answered $status",
            $status,
            $body['code'] ?? "http_$status",
            $body['retryable'] ?? false,
        );
    }
    return $body['data'];
}

[$phoneNumber, $message] = array_slice($argv, 1) + ['+94771234567', 'Hello from PHP!'];
$idempotencyKey = $argv[3] ?? bin2hex(random_bytes(16));
try {
    $sent = sendMessage($phoneNumber, $message, $idempotencyKey);
    echo "{$sent['status']}: {$sent['message']}\n";
} catch (WhatsFlowError $error) {
    fwrite(STDERR, "{$error->errorCode}: {$error->getMessage()}\n");
    exit(1);
}
