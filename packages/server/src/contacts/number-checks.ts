import type { Kysely, Selectable } from "kysely";
import type { Space } from "../accounts/space.js";
import type { Clock } from "../clock.js";
import { type Device, type DeviceLimit, listDevices } from "../devices/devices.js";
import { ApiError } from "../errors.js";
import type { Database, Flag, Mode } from "../storage/schema.js";
import type { Store, Tx } from "../storage/store.js";
import type { Transport } from "../transport/transport.js";

export type NumberCheck = Selectable<Database["number_checks"]>;

/** Accounts are rarely closed; anybody may open one at any time. */
const ACCOUNT_KNOWN_FOR_MS = 7 * 24 * 3_600_000;
const NO_ACCOUNT_KNOWN_FOR_MS = 3_600_000;

const isFresh = ({ is_on_whatsapp, checked_at }: NumberCheck, now: number): boolean =>
  now - checked_at < (is_on_whatsapp === 1 ? ACCOUNT_KNOWN_FOR_MS : NO_ACCOUNT_KNOWN_FOR_MS);

export interface NumberChecker {
  /**
   * What is known of each number, in their order; WhatsApp is asked for those of which nothing is (`asked`, to be kept).
   *
   * @throws ApiError `device_not_connected` when there is something to ask and nobody to ask it.
   */
  check(
    space: Space,
    limit: DeviceLimit,
    phoneNumbers: string[],
  ): Promise<{ checks: NumberCheck[]; asked: NumberCheck[] }>;
}

export function createNumberChecker({
  store,
  clock,
  transports,
}: {
  store: Store;
  clock: Clock;
  transports: Record<Mode, Transport>;
}): NumberChecker {
  async function ask(space: Space, limit: DeviceLimit, phoneNumbers: string[]): Promise<NumberCheck[]> {
    if (phoneNumbers.length === 0) return [];
    const device = await connectedDevice(store.read, space, limit);
    if (!device) throw nobodyToAsk();
    const told = await transports[space.mode].lookup({ id: device.id, spaceId: space.id }, phoneNumbers);
    const now = clock.now();
    return told.map(({ phoneNumber, isOnWhatsApp, isBusiness }) => ({
      space_id: space.id,
      phone_number: phoneNumber,
      is_on_whatsapp: toFlag(isOnWhatsApp),
      is_business: isBusiness === null ? null : toFlag(isBusiness),
      checked_at: now,
    }));
  }

  return {
    async check(space, limit, phoneNumbers) {
      const numbers = [...new Set(phoneNumbers)];
      const known = (await findChecks(store.read, space, numbers)).filter((check) => isFresh(check, clock.now()));
      const asked = await ask(
        space,
        limit,
        numbers.filter((number) => !known.some((check) => check.phone_number === number)),
      );
      const all = new Map([...known, ...asked].map((check) => [check.phone_number, check]));
      const checks = phoneNumbers.map((number) => {
        const check = all.get(number);
        if (!check) throw new Error("WhatsApp told nothing of a number");
        return check;
      });
      return { checks, asked };
    },
  };
}

const toFlag = (value: boolean): Flag => (value ? 1 : 0);

const findChecks = (db: Kysely<Database>, space: Space, phoneNumbers: string[]): Promise<NumberCheck[]> =>
  db
    .selectFrom("number_checks")
    .selectAll()
    .where("space_id", "=", space.id)
    .where("phone_number", "in", phoneNumbers)
    .execute();

/** Keeps what WhatsApp said, for the next time. */
export async function keepChecks(tx: Tx, checks: NumberCheck[]): Promise<void> {
  for (const check of checks) {
    const { is_on_whatsapp, is_business, checked_at } = check;
    await tx
      .insertInto("number_checks")
      .values(check)
      .onConflict((conflict) =>
        conflict.columns(["space_id", "phone_number"]).doUpdateSet({ is_on_whatsapp, is_business, checked_at }),
      )
      .execute();
  }
}

/** The primary device, else any that is connected. */
async function connectedDevice(db: Kysely<Database>, space: Space, limit: DeviceLimit): Promise<Device | undefined> {
  const connected = (await listDevices(db, space, limit)).filter((device) => device.status === "connected");
  return connected.find((device) => device.is_primary === 1) ?? connected[0];
}

const nobodyToAsk = () =>
  new ApiError("device_not_connected", "No WhatsApp device is connected. Connect a device, then try again.", {
    title: "Number check failed",
  });
