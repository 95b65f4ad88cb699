# frozen_string_literal: true

# Receives webhooks in Sinatra: ruby receiver.rb. Needs sinatra and puma.

require "sinatra"
require_relative "verify"

SECRET = ENV.fetch("WHATSFLOW_WEBHOOK_SECRET")
set :port, ENV.fetch("PORT", "3000")
set :bind, "127.0.0.1"
$stdout.sync = true

post "/webhooks/whatsflow" do
  # The bytes that were sent and signed. What JSON.parse and JSON.generate make of them may be others.
  raw_body = request.body.read
  signed = %w[webhook-id webhook-timestamp webhook-signature].to_h do |name|
    [name, request.get_header("HTTP_#{name.upcase.tr("-", "_")}")]
  end
  begin
    event = Webhooks.verify(raw_body, signed, SECRET)
  rescue Webhooks::VerificationError => error
    halt 401, error.message
  end

  # Deliveries may repeat, always under the same webhook-id: remember in your database which ones you have processed.
  case event["event"]
  when "message.received" then puts "New message: #{event["data"]["message"]}"
  when "device.disconnected" then puts "Device disconnected: #{event["data"]["device_name"]}"
  end
  "OK"
end
