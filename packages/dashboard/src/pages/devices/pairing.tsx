import { useState } from "react";
import { Card } from "../../components/page.js";
import { Tabs } from "../../components/tabs.js";
import type { Device } from "../../generated/resources.js";
import { PairingByCode, usePairingCode } from "./pairing-by-code.js";
import { PairingByQr } from "./pairing-by-qr.js";

/** Links a phone: by the QR code of the moment, or by a code that is typed into it. */
export function Pairing({ device }: { device: Device }) {
  const [way, setWay] = useState<"qr" | "code">("qr");
  // Here, as a code goes on working while one looks at the other tab.
  const asking = usePairingCode(device);
  return (
    <Card title="Link the phone">
      <Tabs<"qr" | "code">
        label="Ways to link the phone"
        value={way}
        onChange={setWay}
        tabs={[
          { value: "qr", label: "Scan a QR code", content: <PairingByQr device={device} /> },
          { value: "code", label: "Type a code", content: <PairingByCode asking={asking} /> },
        ]}
      />
    </Card>
  );
}
