// Receives webhooks with net/http: go run ./receiver
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"time"

	"whatsflow.example/webhooks"
)

func main() {
	secret := os.Getenv("WHATSFLOW_WEBHOOK_SECRET")
	if secret == "" {
		log.Fatal("Set WHATSFLOW_WEBHOOK_SECRET")
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "3000"
	}
	http.HandleFunc("/webhooks/whatsflow", receive([]string{secret}))
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, nil))
}

func receive(secrets []string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		// The bytes that were sent and signed. What json.Unmarshal and json.Marshal make of them would be others.
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err != nil {
			http.Error(w, "The body cannot be read", http.StatusBadRequest)
			return
		}
		event, err := webhooks.Verify(body, r.Header, secrets, time.Now())
		var refused webhooks.VerificationError
		if errors.As(err, &refused) {
			http.Error(w, refused.Error(), http.StatusUnauthorized)
			return
		}
		// Anything else than a 2xx has the event sent again, so a failure of yours loses nothing.
		if err == nil {
			err = handle(event)
		}
		if err != nil {
			log.Print(err)
			http.Error(w, "Failed", http.StatusInternalServerError)
		}
	}
}

// Deliveries may repeat, always under the same webhook-id: remember in your database which ones you have processed.
func handle(event *webhooks.Event) error {
	var data struct {
		Message    string `json:"message"`
		DeviceName string `json:"device_name"`
	}
	if err := json.Unmarshal(event.Data, &data); err != nil {
		return err
	}
	switch event.Event {
	case "message.received":
		fmt.Println("New message:", data.Message)
	case "device.disconnected":
		fmt.Println("Device disconnected:", data.DeviceName)
	}
	return nil
}
