import { proto } from "baileys";
import { phoneAddress } from "./addresses.js";
import type { MediaKind, StoredMedia } from "./media.js";

/** Which message is meant: what `send` returned, or a received message. */
export interface MessageReference {
  readonly id: string;
  /** Whether the one who refers to it wrote it. */
  readonly fromMe?: boolean;
  /** In a group: the phone number of its author. */
  readonly from?: string;
}

interface Media {
  mimetype?: string;
  caption?: string;
}

/** What a simulated phone can write. */
export type Content =
  | { text: string; quoting?: MessageReference }
  | ({ image: Uint8Array } & Media)
  | ({ video: Uint8Array } & Media)
  | ({ audio: Uint8Array; voice?: boolean } & Media)
  | ({ document: Uint8Array; fileName?: string } & Media)
  | ({ sticker: Uint8Array } & Media)
  | { location: { latitude: number; longitude: number; name?: string; address?: string } }
  | { contact: { name: string; phoneNumber: string } }
  | { reaction: string; to: MessageReference }
  | { poll: { question: string; options: string[]; selectable?: number } }
  | { edit: MessageReference; text: string }
  | { delete: MessageReference }
  /** Anything else, as WhatsApp's own structure. */
  | { message: proto.IMessage };

/** A message ready to be encrypted, and what its stanza says about it. */
export interface WrittenMessage {
  readonly message: proto.IMessage;
  readonly type: "text" | "media" | "reaction" | "poll";
  readonly mediaType?: string;
  readonly edit?: string;
}

export interface WritingContext {
  /** The chat's address as the writer sees it. */
  readonly chat: string;
  readonly group: boolean;
  readonly storeMedia: (bytes: Uint8Array, kind: MediaKind) => StoredMedia;
}

export function writeMessage(content: Content, context: WritingContext): WrittenMessage {
  const store = (bytes: Uint8Array, kind: MediaKind, options: Media, mimetype: string) => ({
    ...context.storeMedia(bytes, kind),
    mimetype: options.mimetype ?? mimetype,
    ...(options.caption === undefined ? {} : { caption: options.caption }),
  });
  const media = (message: proto.IMessage, mediaType: string): WrittenMessage => ({ message, type: "media", mediaType });
  if ("image" in content) {
    return media({ imageMessage: store(content.image, "image", content, "image/jpeg") }, "image");
  }
  if ("video" in content) {
    return media({ videoMessage: store(content.video, "video", content, "video/mp4") }, "video");
  }
  if ("audio" in content) {
    const ptt = content.voice ?? false;
    const audioMessage = { ...store(content.audio, "audio", content, "audio/ogg; codecs=opus"), ptt, seconds: 1 };
    return media({ audioMessage }, ptt ? "ptt" : "audio");
  }
  if ("document" in content) {
    const fileName = content.fileName ?? "document";
    const stored = store(content.document, "document", content, "application/octet-stream");
    return media({ documentMessage: { ...stored, fileName } }, "document");
  }
  if ("sticker" in content) {
    return media({ stickerMessage: store(content.sticker, "sticker", content, "image/webp") }, "sticker");
  }
  if ("location" in content) {
    const { latitude, longitude, name, address } = content.location;
    const locationMessage = { degreesLatitude: latitude, degreesLongitude: longitude, name, address };
    return media({ locationMessage }, "location");
  }
  if ("contact" in content) {
    const { name, phoneNumber } = content.contact;
    const tel = `TEL;type=CELL;waid=${phoneNumber}:+${phoneNumber}`;
    const vcard = `BEGIN:VCARD\nVERSION:3.0\nFN:${name}\n${tel}\nEND:VCARD`;
    return media({ contactMessage: { displayName: name, vcard } }, "vcard");
  }
  return writeAboutOthers(content, context);
}

function writeAboutOthers(
  content: Extract<
    Content,
    { text: string } | { reaction: string } | { poll: object } | { delete: object } | { message: object }
  >,
  context: WritingContext,
): WrittenMessage {
  if ("message" in content) return { message: content.message, type: "text" };
  if ("reaction" in content) {
    const key = keyOf(content.to, context);
    const reactionMessage = { key, text: content.reaction, senderTimestampMs: Date.now() };
    return { message: { reactionMessage }, type: "reaction" };
  }
  if ("poll" in content) {
    const { question, options, selectable = 1 } = content.poll;
    const named = options.map((optionName) => ({ optionName }));
    const pollCreationMessageV3 = { name: question, options: named, selectableOptionsCount: selectable };
    return { message: { pollCreationMessageV3 }, type: "poll" };
  }
  const { Type } = proto.Message.ProtocolMessage;
  if ("delete" in content) {
    const protocolMessage = { key: keyOf({ ...content.delete, fromMe: true }, context), type: Type.REVOKE };
    return { message: { protocolMessage }, type: "text", edit: "7" };
  }
  if ("edit" in content) {
    const key = keyOf({ ...content.edit, fromMe: true }, context);
    const editedMessage = { conversation: content.text };
    const protocolMessage = { key, type: Type.MESSAGE_EDIT, editedMessage, timestampMs: Date.now() };
    return { message: { protocolMessage }, type: "text", edit: "1" };
  }
  if (!content.quoting) return { message: { conversation: content.text }, type: "text" };
  const { id, fromMe, from } = content.quoting;
  const participant = fromMe || from === undefined ? context.chat : phoneAddress(from);
  const contextInfo = { stanzaId: id, participant, quotedMessage: { conversation: "" } };
  return { message: { extendedTextMessage: { text: content.text, contextInfo } }, type: "text" };
}

function keyOf(reference: MessageReference, { chat, group }: WritingContext): proto.IMessageKey {
  const fromMe = reference.fromMe ?? false;
  const participant = group && !fromMe && reference.from !== undefined ? phoneAddress(reference.from) : undefined;
  return { remoteJid: chat, fromMe, id: reference.id, ...(participant === undefined ? {} : { participant }) };
}

/** The words in a message: its text, its caption, or the new text of an edit. */
export function textOf(message: proto.IMessage): string | undefined {
  const edited =
    message.protocolMessage?.editedMessage ?? message.editedMessage?.message?.protocolMessage?.editedMessage;
  if (edited) return textOf(edited);
  const text =
    message.conversation ||
    message.extendedTextMessage?.text ||
    message.imageMessage?.caption ||
    message.videoMessage?.caption ||
    message.documentMessage?.caption;
  return text || undefined;
}
