/** The repository's own examples, word for word as they are tested, so that what is copied from here works. */
import { useState } from "react";
import typescript from "../../../../../examples/express/verify.ts?raw";
import go from "../../../../../examples/go/verify.go?raw";
import node from "../../../../../examples/node-crypto/verify.mjs?raw";
import php from "../../../../../examples/php/verify.php?raw";
import python from "../../../../../examples/python/verify.py?raw";
import { Code } from "../../components/code.js";
import { Card } from "../../components/page.js";
import { Tabs } from "../../components/tabs.js";
import styles from "./webhooks.module.css";

const SNIPPETS = [
  { value: "node", label: "Node.js", text: node, note: "Nothing to install." },
  {
    value: "typescript",
    label: "TypeScript SDK",
    text: typescript,
    note: "The SDK is not on npm yet. In WhatsFlow's repository, run npm ci && npm run build, then npm pack --workspace @whatsflow/sdk; and install the file that it makes in your project.",
  },
  { value: "python", label: "Python", text: python, note: "Nothing to install." },
  { value: "php", label: "PHP", text: php, note: "Nothing to install." },
  { value: "go", label: "Go", text: go, note: "Nothing to install." },
] as const;
type Language = (typeof SNIPPETS)[number]["value"];

/** How a receiver finds out that a request comes from this server. */
export function VerifierSnippets() {
  const [language, setLanguage] = useState<Language>("node");
  return (
    <Card title="Verify what is received">
      <p className={styles.quiet}>
        Whoever knows the address can send to it, so look at the signature first. Put the secret that was shown once
        into the receiver's environment, and pass it to the verifier:
      </p>
      <Code label="The setting" text="WHATSFLOW_WEBHOOK_SECRET=whsec_…" />
      <Tabs<Language>
        label="Languages"
        value={language}
        onChange={setLanguage}
        tabs={SNIPPETS.map(({ value, label, text, note }) => ({
          value,
          label,
          content: (
            <div className={styles.form}>
              <p className={styles.quiet}>{note}</p>
              <div className={styles.snippet}>
                <Code label={`Verifier, ${label}`} text={text.trim()} />
              </div>
            </div>
          ),
        }))}
      />
    </Card>
  );
}
