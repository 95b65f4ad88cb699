// Package webhooks verifies webhooks, with nothing but the standard library. Go 1.19 or newer.
package webhooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const Tolerance = 5 * time.Minute

// ErrSecret is a wrong setting, no wrong request: all requests would fail.
var ErrSecret = errors.New("the secret is missing, or not whsec_ followed by base64: pass it as it was shown")

// VerificationError says why the holder of the secret did not send this just now. Answer 401 and do nothing else.
type VerificationError string

func (e VerificationError) Error() string { return string(e) }

type Event struct {
	Event     string          `json:"event"`
	Timestamp string          `json:"timestamp"`
	Data      json.RawMessage `json:"data"`
}

var (
	secretForm    = regexp.MustCompile(`\Awhsec_((?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2,4})={0,2}\z`)
	timestampForm = regexp.MustCompile(`\A[0-9]{1,12}\z`)
)

// Verify gives the event. The secrets are the webhook's one, or two while one replaces the other.
func Verify(body []byte, header http.Header, secrets []string, now time.Time) (*Event, error) {
	keys, err := signingKeys(secrets)
	if err != nil {
		return nil, err
	}

	id, timestamp := header.Get("webhook-id"), header.Get("webhook-timestamp")
	signatures := header.Get("webhook-signature")
	if id == "" || timestamp == "" || signatures == "" {
		return nil, VerificationError("webhook-id, webhook-timestamp or webhook-signature is missing")
	}
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil || !timestampForm.MatchString(timestamp) {
		return nil, VerificationError("webhook-timestamp must be Unix seconds")
	}

	if !fits(signatures, append([]byte(id+"."+timestamp+"."), body...), keys) {
		return nil, VerificationError("webhook-signature does not fit the body and the secret")
	}
	if now.Sub(time.Unix(seconds, 0)).Abs() > Tolerance {
		return nil, VerificationError("the request was signed too long ago, or in the future")
	}
	return parseEvent(body)
}

// signingKeys are what the base64 after whsec_ stands for.
func signingKeys(secrets []string) ([][]byte, error) {
	var keys [][]byte
	for _, secret := range secrets {
		match := secretForm.FindStringSubmatch(secret)
		if match == nil {
			return nil, ErrSecret
		}
		key, err := base64.RawStdEncoding.DecodeString(match[1])
		if err != nil {
			return nil, ErrSecret
		}
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		return nil, ErrSecret
	}
	return keys, nil
}

func fits(signatures string, signed []byte, keys [][]byte) bool {
	for _, key := range keys {
		mac := hmac.New(sha256.New, key)
		mac.Write(signed)
		expected := []byte("v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)))
		for _, signature := range strings.Split(signatures, " ") {
			// Takes as long for a signature that is wrong at its end as for one that is wrong at once.
			if hmac.Equal([]byte(signature), expected) {
				return true
			}
		}
	}
	return false
}

func parseEvent(body []byte) (*Event, error) {
	var event Event
	// Looked at first: Unmarshal puts U+FFFD where the bytes are no UTF-8.
	if !utf8.Valid(body) || json.Unmarshal(body, &event) != nil {
		return nil, VerificationError("the body is not an event in JSON and UTF-8")
	}
	if event.Event == "" || event.Timestamp == "" || len(event.Data) == 0 || event.Data[0] != '{' {
		return nil, VerificationError("the body is not an event")
	}
	return &event, nil
}
