import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A certificate for 127.0.0.1 that nobody but the tests trusts. Made anew at every start; there is no key in the repository. */
export interface MediaCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

// Node can read certificates and not write them, so the few structures of X.509 that are needed are written here (DER).
const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const GENERALIZED_TIME = 0x18;
const BOOLEAN = 0x01;

const ECDSA_WITH_SHA256 = Buffer.from("2a8648ce3d040302", "hex");
const COMMON_NAME = Buffer.from("550403", "hex");
const SUBJECT_ALT_NAME = Buffer.from("551d11", "hex");
const BASIC_CONSTRAINTS = Buffer.from("551d13", "hex");

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length > 255 ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

function bitString(bytes: Uint8Array): Buffer {
  return der(BIT_STRING, Buffer.from([0]), bytes);
}

export function createMediaCertificate(): MediaCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(SEQUENCE, der(OBJECT_ID, ECDSA_WITH_SHA256));
  const commonName = der(UTF8_STRING, Buffer.from("WhatsApp simulator media"));
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, der(OBJECT_ID, COMMON_NAME), commonName)));
  const time = (text: string) => der(GENERALIZED_TIME, Buffer.from(text));
  const loopback = der(0x87, Buffer.from([127, 0, 0, 1]));
  const localhost = der(0x82, Buffer.from("localhost"));
  const extensions = der(
    SEQUENCE,
    der(SEQUENCE, der(OBJECT_ID, SUBJECT_ALT_NAME), der(OCTET_STRING, der(SEQUENCE, loopback, localhost))),
    der(
      SEQUENCE,
      der(OBJECT_ID, BASIC_CONSTRAINTS),
      der(BOOLEAN, Buffer.from([0xff])),
      der(OCTET_STRING, der(SEQUENCE, der(BOOLEAN, Buffer.from([0xff])))),
    ),
  );
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
  const toBeSigned = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, serial),
    algorithm,
    name,
    der(SEQUENCE, time("20200101000000Z"), time("20991231000000Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, extensions),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const encoded = der(SEQUENCE, toBeSigned, algorithm, bitString(signature)).toString("base64");
  const lines = encoded.match(/.{1,64}/g) ?? [];
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
