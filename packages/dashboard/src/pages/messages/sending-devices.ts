/** Which devices can send, and which of them does unless another is chosen. */
import { useQuery } from "@tanstack/react-query";
import { devicesQuery } from "../../api/queries.js";
import { useClient } from "../../api/use-client.js";
import type { Device } from "../../generated/resources.js";

/** Undefined while they are being read. */
export function useSendingDevices(): readonly Device[] | undefined {
  const { data } = useQuery(devicesQuery(useClient()));
  return data?.filter(({ status }) => status === "connected");
}

/** The chosen one if it can send; else the one that the conversation goes through; else as the server would choose. */
export const senderOf = (connected: readonly Device[], ...wanted: (string | undefined)[]): Device | undefined =>
  wanted.map((id) => connected.find((device) => device.id === id)).find(Boolean) ??
  connected.find(({ is_primary }) => is_primary) ??
  connected[0];
