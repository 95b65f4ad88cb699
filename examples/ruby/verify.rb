# frozen_string_literal: true

# Verifies webhooks, with nothing but the standard library. Ruby 3.0 or newer.

require "json"
require "openssl"

module Webhooks
  TOLERANCE_SECONDS = 300

  # The holder of the secret did not send this just now. Answer 401 and do nothing else.
  class VerificationError < StandardError; end

  module_function

  # The event. `headers` answers to [] with lower-case names; `secrets` is the webhook's secret, or a list of two while one
  # replaces the other.
  def verify(body, headers, secrets, now: Time.now.to_i)
    keys = Array(secrets).map { |secret| signing_key(secret) }
    raise ArgumentError, "There is no secret: pass the one that was shown when the webhook was made" if keys.empty?

    # As bytes, which are what was signed: texts of different encodings refuse each other.
    id, timestamp, signatures = %w[webhook-id webhook-timestamp webhook-signature].map { |name| headers[name].to_s.b }
    if [id, timestamp, signatures].any?(&:empty?)
      raise VerificationError, "webhook-id, webhook-timestamp or webhook-signature is missing"
    end
    raise VerificationError, "webhook-timestamp must be Unix seconds" unless timestamp.match?(/\A[0-9]{1,12}\z/)

    unless keys.any? { |key| fits?(signatures, "#{id}.#{timestamp}.".b + body.b, key) }
      raise VerificationError, "webhook-signature does not fit the body and the secret"
    end
    if (now - timestamp.to_i).abs > TOLERANCE_SECONDS
      raise VerificationError, "The request was signed too long ago, or in the future"
    end

    parse_event(body)
  end

  # What the base64 after whsec_ stands for. Wrong settings are no VerificationError: all requests would fail.
  def signing_key(secret)
    base64 = secret.to_s[%r{\Awhsec_((?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2,4})={0,2}\z}, 1]
    return base64.unpack1("m") if base64

    raise ArgumentError, "The secret is missing, or not whsec_ followed by base64: pass it as it was shown"
  end

  def fits?(signatures, signed, key)
    expected = "v1,#{[OpenSSL::HMAC.digest("SHA256", key, signed)].pack("m0")}"
    # Takes as long for a signature that is wrong at its end as for one that is wrong at once.
    signatures.split(/ /).any? { |signature| OpenSSL.secure_compare(signature, expected) }
  end

  def parse_event(body)
    text = body.dup.force_encoding(Encoding::UTF_8)
    # Looked at first: JSON.parse takes bytes that are none.
    raise VerificationError, "The body is not UTF-8" unless text.valid_encoding?

    event = JSON.parse(text)
    fields = { "event" => String, "timestamp" => String, "data" => Hash }
    return event if event.is_a?(Hash) && fields.all? { |name, type| event[name].is_a?(type) }

    raise VerificationError, "The body is not an event"
  rescue JSON::ParserError
    raise VerificationError, "The body is not JSON"
  end
end
