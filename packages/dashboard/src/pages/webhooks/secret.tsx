import { Code } from "../../components/code.js";
import { Notice } from "../../components/notice.js";
import styles from "./webhooks.module.css";

/** A secret, shown once. */
export function Secret({ secret }: { secret: string }) {
  return (
    <div role="status" className={styles.form}>
      <Notice tone="warn" title="Save it now">
        It is not shown again. Give it to your receiver as WHATSFLOW_WEBHOOK_SECRET: with it your program finds out that
        a request comes from this server. The webhook's page has the code that does.
      </Notice>
      <Code label="The secret" text={secret} isWrapped />
    </div>
  );
}
