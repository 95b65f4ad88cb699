import { Select } from "../../components/field.js";
import type { Device } from "../../generated/resources.js";

/** Which device sends, where several are connected. */
export function DeviceSelect(props: { connected: readonly Device[]; sender: Device; onSender(id: string): void }) {
  const { connected, sender, onSender } = props;
  return (
    <Select
      label="Send from"
      options={connected.map((device) => ({ value: device.id, label: deviceLabel(device) }))}
      value={sender.id}
      onChange={onSender}
    />
  );
}

export const deviceLabel = ({ device_name, phone_number }: Device): string =>
  phone_number ? `${device_name} (${phone_number})` : device_name;
