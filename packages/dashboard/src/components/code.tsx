import styles from "./code.module.css";
import { CopyButton } from "./copy-button.js";

/** Text to be copied: a key, a link, a program. */
export function Code({ text, label, isWrapped = false }: { text: string; label: string; isWrapped?: boolean }) {
  return (
    <figure className={styles.code} aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached with the keyboard */}
      <pre tabIndex={0} data-wrapped={isWrapped || undefined}>
        {text}
      </pre>
      <div className={styles.copy}>
        <CopyButton text={text} />
      </div>
    </figure>
  );
}
