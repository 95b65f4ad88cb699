import { Card } from "../../components/page.js";
import styles from "./devices.module.css";

/** The numbers of the sandbox that behave in their own way, as the docs tell of them. */
const NUMBERS = [
  ["+12025550100", "is not on WhatsApp: sending fails"],
  ["+12025550101", "makes WhatsApp restrict the device: sending fails"],
  ["+12025550102", "is delivered after 5 seconds, and never read"],
  ["+12025550103", "is never acknowledged: the message stays pending until it expires"],
  ["+12025550104", "answers with an echo of your text"],
] as const;

export function SandboxNumbers() {
  return (
    <Card title="Numbers to try">
      <p>Messages to any number are sent, delivered and read by themselves, but for these:</p>
      <dl className={styles.facts}>
        {NUMBERS.map(([number, what]) => (
          <div key={number}>
            <dt>
              <code>{number}</code>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
