/** What the browser's tab is called: the page, and before it how many conversations have something new. */
import { useEffect } from "react";

let page = "WhatsFlow";
let count = 0;

function show(): void {
  document.title = count > 0 ? `(${count}) ${page}` : page;
}

/** The name of what is shown; nothing changes while it is not known. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title === undefined) return;
    page = title;
    show();
  }, [title]);
}

export function useCountInTitle(now: number): void {
  useEffect(() => {
    count = now;
    show();
    return () => {
      count = 0;
      show();
    };
  }, [now]);
}
