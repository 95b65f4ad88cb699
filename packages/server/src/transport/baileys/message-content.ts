import { normalizeMessageContent, type proto, toNumber } from "baileys";
import type { InboundMessage } from "../transport.js";

/** What a message says, in the contract's words. */
export type MessageContent = Pick<InboundMessage, "messageType" | "content" | "replyTo" | "media">;

/** Everything that can carry a reference to another message. */
interface Carrier {
  contextInfo?: proto.IContextInfo | null;
}
interface File {
  mimetype?: string | null;
  fileLength?: number | Long | null;
  fileName?: string | null;
  caption?: string | null;
}
type Long = Parameters<typeof toNumber>[0];

/** Undefined for what is no message to a person: keys, history, settings. */
export function contentOf(message: proto.IMessage | null | undefined): MessageContent | undefined {
  const content = normalizeMessageContent(message ?? undefined);
  if (!content) return undefined;
  return aboutOthers(content) ?? wordsOrFile(content) ?? placeOrPerson(content) ?? remaining(content);
}

function wordsOrFile(content: proto.IMessage): MessageContent | undefined {
  if (content.conversation) return plain("text", content.conversation);
  const { extendedTextMessage: text, imageMessage, audioMessage, stickerMessage } = content;
  if (text) return plain("text", text.text ?? "", text);
  if (imageMessage) return file("image", imageMessage);
  const video = content.videoMessage ?? content.ptvMessage;
  if (video) return file("video", video);
  if (audioMessage) return file("audio", audioMessage);
  const document = content.documentMessage ?? content.documentWithCaptionMessage?.message?.documentMessage;
  if (document) return file("document", document);
  if (stickerMessage) return file("sticker", stickerMessage);
  return undefined;
}

function placeOrPerson(content: proto.IMessage): MessageContent | undefined {
  const { locationMessage, liveLocationMessage, contactMessage, contactsArrayMessage } = content;
  if (locationMessage) {
    const { name, address, degreesLatitude, degreesLongitude } = locationMessage;
    return plain("location", place(degreesLatitude, degreesLongitude, name, address), locationMessage);
  }
  if (liveLocationMessage) {
    const { caption, degreesLatitude, degreesLongitude } = liveLocationMessage;
    return plain("location", place(degreesLatitude, degreesLongitude, caption), liveLocationMessage);
  }
  if (contactMessage) return plain("contact", person(contactMessage), contactMessage);
  if (contactsArrayMessage) {
    return plain("contact", (contactsArrayMessage.contacts ?? []).map(person).join("\n"), contactsArrayMessage);
  }
  const poll = content.pollCreationMessage ?? content.pollCreationMessageV2 ?? content.pollCreationMessageV3;
  if (!poll) return undefined;
  const options = (poll.options ?? []).map(({ optionName }) => `- ${optionName ?? ""}`);
  return plain("poll", [poll.name ?? "", ...options].join("\n"), poll);
}

/** Reactions, edits and deletions: they are about another message. */
function aboutOthers(content: proto.IMessage): MessageContent | undefined {
  const { reactionMessage, protocolMessage, editedMessage } = content;
  if (reactionMessage) return about("reaction", reactionMessage.text ?? "", reactionMessage.key);
  const protocol = protocolMessage ?? editedMessage?.message?.protocolMessage;
  if (protocol?.editedMessage) return about("edit", contentOf(protocol.editedMessage)?.content ?? null, protocol.key);
  // The protobuf's default, so that it also is what stands there when nothing does.
  if (protocol?.key?.id && !protocol.type) return about("delete", null, protocol.key);
  return undefined;
}

/** What is not a message of a person, although it comes as one. */
const SILENT = new Set(["protocolMessage", "senderKeyDistributionMessage", "messageContextInfo", "encReactionMessage"]);

/** Whatever else WhatsApp has, or will have. */
function remaining(content: proto.IMessage): MessageContent | undefined {
  const parts = Object.entries(content).filter(
    ([name, part]) => part !== null && part !== undefined && !SILENT.has(name),
  );
  return parts.length === 0 ? undefined : plain("unsupported", null);
}

function plain(
  messageType: InboundMessage["messageType"],
  content: string | null,
  carrier: Carrier = {},
): MessageContent {
  return { messageType, content, replyTo: replyOf(carrier), media: null };
}

function about(
  messageType: InboundMessage["messageType"],
  content: string | null,
  key: proto.IMessageKey | null | undefined,
): MessageContent {
  return { messageType, content, replyTo: key?.id ? { whatsappId: key.id, text: null } : null, media: null };
}

function file(messageType: InboundMessage["messageType"], part: File & Carrier): MessageContent {
  const { mimetype, fileName, fileLength, caption } = part;
  const sizeBytes = fileLength === null || fileLength === undefined ? null : toNumber(fileLength);
  return {
    messageType,
    content: caption || null,
    replyTo: replyOf(part),
    media: { mime_type: mimetype ?? null, file_name: fileName ?? null, size_bytes: sizeBytes },
  };
}

function replyOf({ contextInfo }: Carrier): MessageContent["replyTo"] {
  if (!contextInfo?.stanzaId) return null;
  const quoted = contentOf(contextInfo.quotedMessage)?.content;
  return { whatsappId: contextInfo.stanzaId, text: quoted || null };
}

/** Events carry no floats: coordinates are text. */
function place(latitude?: number | null, longitude?: number | null, ...words: (string | null | undefined)[]): string {
  const coordinates = `${latitude ?? 0},${longitude ?? 0}`;
  const named = words.filter((word) => word).join(", ");
  return named === "" ? coordinates : `${named} (${coordinates})`;
}

/** A name with the numbers that its card lists. */
function person({ displayName, vcard }: proto.Message.IContactMessage): string {
  const numbers = [...(vcard ?? "").matchAll(/^(?:item\d+\.)?TEL[^:\r\n]*:([^\r\n]+)/gim)].map(([, number]) =>
    number?.trim(),
  );
  return [displayName ?? "", ...numbers].filter((word) => word).join(" ");
}
