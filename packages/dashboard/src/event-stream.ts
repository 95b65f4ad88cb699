/** The published client's stream of events. */
export type { StreamedEvent, StreamOptions } from "../../sdk/src/event-stream.js";
