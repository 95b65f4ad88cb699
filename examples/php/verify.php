<?php
// Verifies webhooks, with nothing but PHP. PHP 8.1 or newer.

const TOLERANCE_SECONDS = 300;

/** The holder of the secret did not send this just now. Answer 401 and do nothing else. */
final class WebhookVerificationError extends RuntimeException
{
}

/**
 * The event. `$headers` has lower-case names; `$secrets` is the webhook's secret, or a list of two while one replaces the other.
 */
function verifyWebhook(string $body, array $headers, string|array $secrets, ?int $now = null): array
{
    $keys = array_map(signingKey(...), (array) $secrets);
    if ($keys === []) {
        throw new InvalidArgumentException('There is no secret: pass the one that was shown when the webhook was made');
    }

    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    $signatures = $headers['webhook-signature'] ?? '';
    if ($id === '' || $timestamp === '' || $signatures === '') {
        throw new WebhookVerificationError('webhook-id, webhook-timestamp or webhook-signature is missing');
    }
    if (!preg_match('/\A[0-9]{1,12}\z/', $timestamp)) {
        throw new WebhookVerificationError('webhook-timestamp must be Unix seconds');
    }

    $fits = false;
    foreach ($keys as $key) {
        $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
        foreach (explode(' ', $signatures) as $signature) {
            // Takes as long for a signature that is wrong at its end as for one that is wrong at once.
            $fits = hash_equals($expected, $signature) || $fits;
        }
    }
    if (!$fits) {
        throw new WebhookVerificationError('webhook-signature does not fit the body and the secret');
    }
    if (abs(($now ?? time()) - (int) $timestamp) > TOLERANCE_SECONDS) {
        throw new WebhookVerificationError('The request was signed too long ago, or in the future');
    }
    return parseEvent($body);
}

/** What the base64 after whsec_ stands for. Wrong settings are no WebhookVerificationError: all requests would fail. */
function signingKey(string $secret): string
{
    if (!preg_match('~\Awhsec_((?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2,4})={0,2}\z~', $secret, $match)) {
        throw new InvalidArgumentException('The secret is missing, or not whsec_ followed by base64: pass it as it was shown');
    }
    return base64_decode($match[1]);
}

function parseEvent(string $body): array
{
    try {
        $event = json_decode($body, true, flags: JSON_THROW_ON_ERROR);
    } catch (JsonException $error) {
        throw new WebhookVerificationError('The body is not JSON in UTF-8', previous: $error);
    }
    if (
        !is_string($event['event'] ?? null) || !is_string($event['timestamp'] ?? null) || !is_array($event['data'] ?? null)
    ) {
        throw new WebhookVerificationError('The body is not an event');
    }
    return $event;
}
