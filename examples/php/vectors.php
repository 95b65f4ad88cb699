<?php
// Runs webhook vectors through verify.php: php vectors.php < ../webhook-vectors/vectors.json. Prints what became of each.

require __DIR__ . '/verify.php';

function outcome(array $vector): string
{
    $body = base64_decode($vector['body_base64']);
    try {
        $event = verifyWebhook($body, $vector['headers'], $vector['secrets'], $vector['now']);
    } catch (WebhookVerificationError) {
        return 'refused';
    } catch (InvalidArgumentException) {
        return 'no secret';
    }
    return "accepted {$event['event']}";
}

$vectors = json_decode(stream_get_contents(STDIN), true, flags: JSON_THROW_ON_ERROR);
echo json_encode(array_map(outcome(...), $vectors), JSON_THROW_ON_ERROR), "\n";
