import { jidDecode, type WASocket } from "baileys";
import { prepared } from "../../storage/prepared.js";
import type { Store } from "../../storage/store.js";
import { digitsOf, jidOfNumber } from "./addresses.js";

interface Row {
  spaceId: number;
  phoneNumber: string;
  whatsappNumber: string;
}

const findWhatsAppNumber = prepared<Omit<Row, "whatsappNumber">, { whatsapp_number: string }>(
  (db, { spaceId, phoneNumber }) =>
    db
      .selectFrom("whatsapp_numbers")
      .select("whatsapp_number")
      .where("space_id", "=", spaceId)
      .where("phone_number", "=", phoneNumber),
);
const findDialled = prepared<Omit<Row, "phoneNumber">, { phone_number: string }>((db, { spaceId, whatsappNumber }) =>
  db
    .selectFrom("whatsapp_numbers")
    .select("phone_number")
    .where("space_id", "=", spaceId)
    .where("whatsapp_number", "=", whatsappNumber)
    .whereRef("whatsapp_number", "<>", "phone_number"),
);
const keep = prepared<Row, never>((db, { spaceId, phoneNumber, whatsappNumber }) =>
  db
    .insertInto("whatsapp_numbers")
    .values({ space_id: spaceId, phone_number: phoneNumber, whatsapp_number: whatsappNumber })
    .onConflict((conflict) =>
      conflict.columns(["space_id", "phone_number"]).doUpdateSet({ whatsapp_number: whatsappNumber }),
    ),
);

/**
 * Numbers as WhatsApp has them. In Brazil, Mexico and Argentina an account may be known by another number than the one that people
 * dial; so WhatsApp is asked once for each number, and what it said is kept.
 */
export interface Numbers {
  /** Where to write to a number. Undefined when it is not on WhatsApp; that is never kept, as people join. */
  resolve(socket: WASocket, spaceId: number, phoneNumber: string): Promise<string | undefined>;
  /** Which of these numbers are on WhatsApp. */
  lookup(socket: WASocket, spaceId: number, phoneNumbers: string[]): Promise<Map<string, boolean>>;
  /** The number that people dial for one that WhatsApp told. */
  dialled(spaceId: number, whatsappNumber: string): Promise<string>;
}

export function createNumbers({ store }: { store: Store }): Numbers {
  async function ask(socket: WASocket, spaceId: number, phoneNumbers: string[]): Promise<Map<string, string>> {
    const answers = await socket.onWhatsApp(...phoneNumbers.map((number) => jidOfNumber(digitsOf(number))));
    if (!answers) throw new Error("WhatsApp did not say whether the numbers are on it");
    const users = answers.flatMap(({ jid, exists }) => (exists ? (jidDecode(jid)?.user ?? []) : []));
    const found = new Map<string, string>();
    for (const phoneNumber of phoneNumbers) {
      // Asked for one number, any answer is about it; among several, one that differs too much to be told apart is asked again.
      const whatsappNumber =
        phoneNumbers.length === 1 ? users[0] : users.find((user) => user === digitsOf(phoneNumber));
      if (whatsappNumber !== undefined) found.set(phoneNumber, whatsappNumber);
    }
    await store.write(async (tx) => {
      for (const [phoneNumber, whatsappNumber] of found)
        await keep(tx, { spaceId, phoneNumber, whatsappNumber: `+${whatsappNumber}` });
    });
    return found;
  }

  return {
    async resolve(socket, spaceId, phoneNumber) {
      const [known] = await findWhatsAppNumber(store.read, { spaceId, phoneNumber });
      if (known) return jidOfNumber(digitsOf(known.whatsapp_number));
      const whatsappNumber = (await ask(socket, spaceId, [phoneNumber])).get(phoneNumber);
      return whatsappNumber === undefined ? undefined : jidOfNumber(whatsappNumber);
    },
    async lookup(socket, spaceId, phoneNumbers) {
      const found = await ask(socket, spaceId, phoneNumbers);
      const result = new Map<string, boolean>();
      for (const phoneNumber of phoneNumbers) {
        const isAlone = phoneNumbers.length === 1;
        // An account that is known by another number hides among several answers.
        const again = found.has(phoneNumber) || isAlone ? found : await ask(socket, spaceId, [phoneNumber]);
        result.set(phoneNumber, again.has(phoneNumber));
      }
      return result;
    },
    async dialled(spaceId, whatsappNumber) {
      const [row] = await findDialled(store.read, { spaceId, whatsappNumber });
      return row?.phone_number ?? whatsappNumber;
    },
  };
}
