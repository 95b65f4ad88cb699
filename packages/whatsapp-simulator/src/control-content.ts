import type { Content, MessageReference } from "./content.js";
import { type Body, ControlError, flag, object, optionalNumber, optionalText, text, textList } from "./control-body.js";
import type { SendOptions } from "./sending.js";

/** What to send, from the body of a request: the fields of {@link Content}, with files in base64. */
export function readContent(body: Body): Content {
  const file = (name: string) => Buffer.from(text(body, name), "base64");
  const described = optionalText(body, "caption", "mimetype");
  if ("image" in body) return { image: file("image"), ...described };
  if ("video" in body) return { video: file("video"), ...described };
  if ("audio" in body) return { audio: file("audio"), voice: flag(body, "voice", false), ...described };
  if ("document" in body) return { document: file("document"), ...described, ...optionalText(body, "fileName") };
  if ("sticker" in body) return { sticker: file("sticker"), ...described };
  if ("reaction" in body) return { reaction: text(body, "reaction"), to: reference(body, "messageId") };
  if ("edit" in body) return { edit: reference(body, "edit"), text: text(body, "text") };
  if ("delete" in body) return { delete: reference(body, "delete") };
  if ("location" in body) {
    const location = object(body, "location");
    const [latitude, longitude] = [optionalNumber(location, "latitude"), optionalNumber(location, "longitude")];
    if (latitude === undefined || longitude === undefined) throw new ControlError(400, "a location has two numbers");
    return { location: { latitude, longitude, ...optionalText(location, "name", "address") } };
  }
  if ("contact" in body) {
    const contact = object(body, "contact");
    return { contact: { name: text(contact, "name"), phoneNumber: text(contact, "phoneNumber") } };
  }
  if ("poll" in body) {
    const poll = object(body, "poll");
    return { poll: { question: text(poll, "question"), options: textList(poll, "options") } };
  }
  return "quoting" in body
    ? { text: text(body, "text"), quoting: reference(body, "quoting") }
    : { text: text(body, "text") };
}

/** A message id; `fromMe` tells whether the sender wrote that message too. */
function reference(body: Body, name: string): MessageReference {
  return { id: text(body, name), fromMe: flag(body, "fromMe", false) };
}

export function readSendOptions(body: Body): SendOptions {
  const { addressing, id, at } = optionalText(body, "addressing", "id", "at");
  if (addressing !== undefined && addressing !== "phone" && addressing !== "lid" && addressing !== "lid-only") {
    throw new ControlError(400, "addressing is one of: phone, lid, lid-only");
  }
  return {
    offline: flag(body, "offline", false),
    unreadable: flag(body, "unreadable", false),
    ...(addressing === undefined ? {} : { addressing }),
    ...(id === undefined ? {} : { id }),
    ...(at === undefined ? {} : { at: new Date(at) }),
  };
}
