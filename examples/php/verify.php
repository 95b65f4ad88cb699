<?php
// Verifies webhooks, by either scheme. `$headers` has lower-case names.

const TOLERANCE_SECONDS = 300;

/** X-Webhook-Signature: the key is the whole secret as text, and only the body is signed. */
function verifySignature(string $body, array $headers, string $secret): bool
{
    $expected = 'sha256=' . hash_hmac('sha256', $body, $secret);
    // Takes as long for a signature that is wrong at its end as for one that is wrong at once.
    return hash_equals($expected, $headers['x-webhook-signature'] ?? '');
}

/** Standard Webhooks: the key is what the base64 stands for, and id and time are signed too. */
function verifyStandardWebhook(string $body, array $headers, string $secret): bool
{
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }
    $key = base64_decode(substr($secret, strlen('whsec_')));
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $signature) {
        if (hash_equals($expected, $signature)) {
            return true;
        }
    }
    return false;
}
