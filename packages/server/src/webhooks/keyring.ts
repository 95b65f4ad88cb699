import type { SealedPlace, SecretBox } from "../storage/secret-box.js";
import { type SigningKeys, signingKeys } from "./signing.js";

/** Webhooks that were deleted stay in it, and so it does not grow for ever. */
const MAX_KEPT = 10_000;

/** The keys of webhooks. */
export interface Keyring {
  /** @throws Error when the secret does not open. */
  keysOf(place: SealedPlace, sealed: Buffer): SigningKeys;
}

/** Opens a secret once and keeps it, for as long as what is stored is the same. */
export function createKeyring(secretBox: SecretBox): Keyring {
  const kept = new Map<string, { sealed: Buffer; keys: SigningKeys }>();
  return {
    keysOf(place, sealed) {
      const name = `${place.row} ${place.column}`;
      const known = kept.get(name);
      if (known?.sealed.equals(sealed)) return known.keys;
      const keys = signingKeys(secretBox.open(place, sealed));
      if (kept.size >= MAX_KEPT) kept.clear();
      kept.set(name, { sealed, keys });
      return keys;
    },
  };
}
