/** Bytes that look alike, that decoders make alike, and that writers of JSON make of each other. */
import { bytesOf, EVENT, kindOf, standard, type Vector, withText } from "./vector.js";

const { refused } = kindOf("bytes");

/** A body whose text holds these bytes, as they are. */
function withBytes(...bytes: number[]): Buffer {
  const [before = "", after = ""] = JSON.stringify(withText("#")).split("#");
  return Buffer.concat([Buffer.from(before), Uint8Array.from(bytes), Buffer.from(after)]);
}

const signedAs = (name: string, signed: Buffer, body: Buffer): Vector =>
  refused(name, "bad_signature", { body, headers: standard(signed) });
const rightlySigned = (name: string, body: Buffer, comment?: string): Vector =>
  refused(`rightly signed: ${name}`, "bad_body", { body, ...(comment === undefined ? {} : { comment }) });

const plain = bytesOf(EVENT);
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const withBom = Buffer.concat([BOM, plain]);
const invalid = withBytes(0xff);
const replaced = withBytes(0xef, 0xbf, 0xbd);
const cafe = bytesOf(withText("Café"));
const slashes = bytesOf(withText("https://example.com/a"));
const markup = bytesOf(withText("<b>&</b>"));
const pretty = JSON.stringify(EVENT, null, 2);
const { data, ...envelope } = EVENT;

/** What writers of JSON in other languages make of the same value. */
const rewritten: Vector[] = [
  signedAs("a space behind each comma and colon, as Python writes", plain, bytesOf(spaced(plain.toString()))),
  signedAs("escapes for what is not ASCII, as Python writes", cafe, bytesOf(cafe.toString().replace("é", "\\u00e9"))),
  signedAs("escaped slashes, as PHP writes", slashes, bytesOf(slashes.toString().replaceAll("/", "\\/"))),
  signedAs(
    "escaped markup, as Go writes",
    markup,
    bytesOf(markup.toString().replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)),
  ),
  signedAs("its keys in another order", plain, bytesOf({ data, ...envelope })),
  signedAs("indented", plain, bytesOf(pretty)),
  signedAs("CRLF for LF", bytesOf(pretty), bytesOf(pretty.replaceAll("\n", "\r\n"))),
  signedAs("LF for CRLF", bytesOf(pretty.replaceAll("\n", "\r\n")), bytesOf(pretty)),
  signedAs("an accent as a character of its own", cafe, bytesOf(cafe.toString().normalize("NFD"))),
];

function spaced(json: string): string {
  return json.replace(/([,:])(?=["{])/g, "$1 ");
}

const alike: Vector[] = [
  signedAs("a byte order mark before the body", plain, withBom),
  signedAs("the byte order mark taken away", withBom, plain),
  signedAs("U+FFFD for the byte 0xFF, as lenient decoders put it", invalid, replaced),
  signedAs("the byte 0xFF for U+FFFD", replaced, invalid),
  signedAs("Latin-1 for UTF-8", cafe, Buffer.from(cafe.toString(), "latin1")),
  signedAs("an overlong slash for a slash", withBytes(0x2f), withBytes(0xc0, 0xaf)),
  signedAs("what comes behind a NUL left away", withBytes(0, 0x41), withBytes(0, 0x41).subarray(0, -20)),
];

const noUtf8: Vector[] = [
  rightlySigned("a byte order mark before the body", withBom, "JSON has none"),
  rightlySigned("the byte 0xFF", invalid, "A lenient decoder makes one and the same text of different bytes"),
  rightlySigned("an overlong slash", withBytes(0xc0, 0xaf)),
  rightlySigned("an emoji as two surrogates of three bytes each", withBytes(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80)),
  rightlySigned("half an emoji", withBytes(0xf0, 0x9f)),
  rightlySigned("a character beyond the last", withBytes(0xf4, 0x90, 0x80, 0x80)),
  rightlySigned("Latin-1", Buffer.from(cafe.toString(), "latin1")),
  rightlySigned("UTF-16", Buffer.from(plain.toString(), "utf16le"), "Some readers of JSON guess the encoding"),
  rightlySigned("a NUL in the text", withBytes(0), "JSON writes it as an escape"),
  rightlySigned("a NUL behind the body", Buffer.concat([plain, Uint8Array.of(0)])),
];

export const oddBytes: Vector[] = [...rewritten, ...alike, ...noUtf8];
