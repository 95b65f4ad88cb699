import styles from "./logo.module.css";

export function Logo() {
  return (
    <span className={styles.logo}>
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" className={styles.ground} />
        <path
          d="M7 11l4 11 5-9 5 9 4-11"
          fill="none"
          className={styles.line}
          strokeWidth="3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span>WhatsFlow</span>
    </span>
  );
}
