/** A device that is connected to the phone of an invented company. */
import type { Phone, Simulator } from "@whatsflow/whatsapp-simulator";
import { memberOf, type WhatsFlow } from "./whatsflow.js";

export async function pairDevice(
  server: WhatsFlow,
  whatsapp: Simulator,
  { name, phoneNumber }: { name: string; phoneNumber: string },
): Promise<{ id: string; phone: Phone }> {
  const phone = whatsapp.createPhone({ phoneNumber, name: "Northside Cycles" });
  const id = String(memberOf(await server.ask("live", "POST", "/devices", { device_name: name }), "id"));
  await phone.scan(String(memberOf(await server.ask("live", "GET", `/devices/${id}/qr`), "qr")));
  await phone.whenConnected();
  return { id, phone };
}
