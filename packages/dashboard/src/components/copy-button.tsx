import { useEffect, useState } from "react";
import { Button } from "./button.js";
import { showProblem } from "./toast.js";

const SHOWN_MS = 2_000;

/** Puts `text` into the clipboard, and says that it did. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () =>
    void copyText(text).then(
      () => setCopied(true),
      () => showProblem(new Error("The browser let nothing be copied. Select the text, and copy it by hand.")),
    );
  return (
    <>
      <Button size="s" icon={isCopied ? "check" : "copy"} onClick={copy}>
        {isCopied ? "Copied" : label}
      </Button>
      <span role="status" className="visually-hidden">
        {isCopied ? "Copied" : ""}
      </span>
    </>
  );
}

/** Over plain HTTP browsers give pages no clipboard; what is selected can still be copied. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "visually-hidden";
  // Beside the focused element: a dialog takes the focus back from what is outside it.
  const place = document.activeElement?.parentElement ?? document.body;
  place.append(area);
  const focused = document.activeElement;
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!isDone) throw new Error("execCommand");
}
