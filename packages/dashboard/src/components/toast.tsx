/** What happened, at the edge of the page, from wherever it is known. */
import { Toast } from "@base-ui/react/toast";
import { problemOf } from "../api/errors.js";
import { IconButton } from "./button.js";
import { Icon } from "./icons.js";
import styles from "./toast.module.css";

const manager = Toast.createToastManager();

/** Long enough to be read, errors with what to do. */
const DONE_MS = 4_000;
const PROBLEM_MS = 12_000;

export function showDone(title: string, description?: string): void {
  manager.add({ title, description, type: "ok", timeout: DONE_MS });
}

export function showProblem(error: unknown): void {
  const { title, text, wayOut, requestId } = problemOf(error);
  const description = [text, wayOut, requestId && `Request ${requestId}`].filter(Boolean).join(" ");
  manager.add({ title, description, type: "danger", timeout: PROBLEM_MS, priority: "high" });
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles.toast} data-tone={toast.type} swipeDirection="right">
      <Toast.Content className={styles.content}>
        <Icon name={toast.type === "danger" ? "error" : "check"} />
        <div className={styles.text}>
          <Toast.Title className={styles.title} render={<p />} />
          <Toast.Description className={styles.description} />
        </div>
        <Toast.Close render={<IconButton icon="close" label="Close" />} />
      </Toast.Content>
    </Toast.Root>
  ));
}
