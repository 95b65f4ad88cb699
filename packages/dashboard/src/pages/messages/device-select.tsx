import { Select } from "../../components/field.js";
import type { Device } from "../../generated/resources.js";

/** Which device sends, where several are connected. */
export function DeviceSelect(props: { connected: readonly Device[]; sender: Device; onSender(id: string): void }) {
  const { connected, sender, onSender } = props;
  return (
    <Select
      label="Send from"
      options={connected.map(({ id, device_name, phone_number }) => ({
        value: id,
        label: phone_number ? `${device_name} (${phone_number})` : device_name,
      }))}
      value={sender.id}
      onChange={onSender}
    />
  );
}
