module whatsflow.example/webhooks

go 1.19
