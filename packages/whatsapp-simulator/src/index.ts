export type { Addressing } from "./addresses.js";
export type { Content, MessageReference } from "./content.js";
export { type ControlServer, startControlServer } from "./control-server.js";
export type { AcknowledgeRule } from "./faults.js";
export type { PastMessage } from "./history.js";
export type { ReceivedMessage, ReceivedReceipt, UndecryptableMessage } from "./inbox.js";
export type { Group, Party, WaitOptions } from "./party.js";
export type { Person } from "./person.js";
export type { DeviceChoice, LinkedDevice, Phone } from "./phone.js";
export { hushLibsignal } from "./quiet-libsignal.js";
export type { ReceiptType } from "./receipts.js";
export type { SendOptions, SentMessage } from "./sending.js";
export type { Observed, Observer } from "./server.js";
export {
  type PersonOptions,
  type PhoneOptions,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "./simulator.js";
export type { Stanza } from "./stanza.js";
export type { Outage } from "./web-socket.js";
