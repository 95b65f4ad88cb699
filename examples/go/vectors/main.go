// Runs webhook vectors through verify.go: go run ./vectors < ../webhook-vectors/vectors.json. Prints what became of each.
package main

import (
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"os"
	"time"

	"whatsflow.example/webhooks"
)

type vector struct {
	Body    []byte            `json:"body_base64"`
	Headers map[string]string `json:"headers"`
	Secrets []string          `json:"secrets"`
	Now     int64             `json:"now"`
}

func (v vector) outcome() string {
	header := http.Header{}
	for name, value := range v.Headers {
		header.Set(name, value)
	}
	event, err := webhooks.Verify(v.Body, header, v.Secrets, time.Unix(v.Now, 0))
	var refused webhooks.VerificationError
	switch {
	case err == nil:
		return "accepted " + event.Event
	case errors.As(err, &refused):
		return "refused"
	case errors.Is(err, webhooks.ErrSecret):
		return "no secret"
	default:
		return "unexpected: " + err.Error()
	}
}

func main() {
	var vectors []vector
	if err := json.NewDecoder(os.Stdin).Decode(&vectors); err != nil {
		log.Fatal(err)
	}
	outcomes := make([]string, 0, len(vectors))
	for _, v := range vectors {
		outcomes = append(outcomes, v.outcome())
	}
	if err := json.NewEncoder(os.Stdout).Encode(outcomes); err != nil {
		log.Fatal(err)
	}
}
