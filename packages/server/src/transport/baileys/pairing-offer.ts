import type { Clock } from "../../clock.js";

/** WhatsApp gives six QR codes: the first lives a minute, the others 20 seconds. */
const FIRST_QR_MS = 60_000;
const NEXT_QR_MS = 20_000;
const QR_CODES = 6;
const PAIRING_MS = FIRST_QR_MS + (QR_CODES - 1) * NEXT_QR_MS;
const OFFER_TIMEOUT_MS = 15_000;

export interface Qr {
  qr: string;
  expiresAt: number;
}

/** WhatsApp's offer to pair a device: the QR code of the moment, and how long the offer stands. */
export interface PairingOffer {
  /** The QR code that can be scanned now. */
  current(): Qr | undefined;
  /** Whether the present connection has shown a QR code. */
  isShown(): boolean;
  /** Whoever types in a code does not wait for pictures. */
  isByCode(): boolean;
  /** Begins the time within which the device has to be paired, unless it runs already; returns its end. */
  begin(): number;
  show(qr: string): Qr;
  useCode(): void;
  /** Resolves when WhatsApp offers to pair; rejects when it does not within 15 seconds. */
  whenOffered(): Promise<void>;
  /** Whether nobody paired the device in time. */
  isOver(): boolean;
  /** The connection that made the offer is gone; a new one may make it again. */
  interrupt(): void;
  /** The device is paired, or asked for anew: what was offered before is void. */
  reset(): void;
}

export function createPairingOffer(clock: Clock): PairingOffer {
  let qr: Qr | undefined;
  let endsAt: number | undefined;
  let byCode = false;
  const listeners = new Set<() => void>();

  function begin(): number {
    endsAt ??= clock.now() + PAIRING_MS;
    return endsAt;
  }

  return {
    current: () => (qr && qr.expiresAt > clock.now() ? qr : undefined),
    isShown: () => qr !== undefined,
    isByCode: () => byCode,
    begin,
    show(text) {
      begin();
      qr = { qr: text, expiresAt: clock.now() + (qr ? NEXT_QR_MS : FIRST_QR_MS) };
      for (const heard of listeners) heard();
      return qr;
    },
    useCode() {
      byCode = true;
    },
    whenOffered() {
      if (qr) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const heard = () => {
          cancel();
          listeners.delete(heard);
          resolve();
        };
        const cancel = clock.after(OFFER_TIMEOUT_MS, () => {
          listeners.delete(heard);
          reject(new Error("WhatsApp did not offer to pair the device"));
        });
        listeners.add(heard);
      });
    },
    isOver: () => endsAt !== undefined && endsAt <= clock.now(),
    interrupt() {
      qr = undefined;
      byCode = false;
    },
    reset() {
      qr = undefined;
      endsAt = undefined;
      byCode = false;
    },
  };
}
