# frozen_string_literal: true

# Runs webhook vectors through verify.rb: ruby vectors.rb < ../webhook-vectors/vectors.json. Prints what became of each.

require "json"
require_relative "verify"

def outcome(vector)
  body = vector["body_base64"].unpack1("m0")
  event = Webhooks.verify(body, vector["headers"], vector["secrets"], now: vector["now"])
  "accepted #{event["event"]}"
rescue Webhooks::VerificationError
  "refused"
rescue ArgumentError => error
  raise unless error.message.include?("secret")

  "no secret"
end

puts JSON.generate(JSON.parse($stdin.read).map { |vector| outcome(vector) })
