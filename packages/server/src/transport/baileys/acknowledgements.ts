import type { BinaryNode } from "baileys";
import type { Outcome } from "../transport.js";
import { isSelf, type Self } from "./inbound.js";

/**
 * The server's answer to a message, `<ack class="message">`. Baileys has no event for it: its promise resolves when the bytes are
 * on the socket.
 */
export function readAcknowledgement({ attrs }: BinaryNode): { whatsappId: string; outcome: Outcome } | undefined {
  const { id, error } = attrs;
  if (!id) return undefined;
  return { whatsappId: id, outcome: error === undefined ? { status: "sent" } : refusal(error) };
}

/** The account may write to people who know it, and to nobody else for a while; every further attempt prolongs that. */
const REACH_OUT_TIME_LOCK = "463";

function refusal(error: string): Outcome {
  if (error === REACH_OUT_TIME_LOCK) {
    return {
      status: "failed",
      code: "restricted",
      message: "WhatsApp restricts what this device may send (463). Wait, and write to people who know you.",
    };
  }
  return { status: "failed", code: "rejected", message: `WhatsApp refused the message (${error})` };
}

/** `inactive` is a delivery to a client that is not in front of anybody. */
const STATUS_OF_RECEIPT: Record<string, "delivered" | "read"> = {
  delivered: "delivered",
  inactive: "delivered",
  read: "read",
  played: "read",
};

/**
 * What the other side says of messages: `<receipt>`. Read off the wire, as Baileys' events may wait in a buffer, and are lost with
 * it. Receipts that the account's own devices send, and requests to send something again, tell nothing.
 */
export function readReceipt(
  { attrs, content }: BinaryNode,
  self: Self,
): { whatsappIds: string[]; status: "delivered" | "read" } | undefined {
  const status = STATUS_OF_RECEIPT[attrs.type ?? "delivered"];
  const author = attrs.participant ?? attrs.from;
  if (!status || !attrs.id || isSelf(author, self)) return undefined;
  const list = Array.isArray(content) ? content.find(({ tag }) => tag === "list") : undefined;
  const items = Array.isArray(list?.content) ? list.content : [];
  return { whatsappIds: [attrs.id, ...items.flatMap((item) => item.attrs.id ?? [])], status };
}
