/** The sign-in remembers where one was; only pages of the dashboard count, never an address elsewhere. */
const OWN_PAGE = /^\/(live|test)\/(?!.*\.\.)[\w/.~-]*(\?[^#]*)?(#[\w.-]*)?$/;

export const signInPath = (from: string): string =>
  OWN_PAGE.test(from) ? `/sign-in?next=${encodeURIComponent(from)}` : "/sign-in";

/** Where to go after signing in. */
export function nextPath(search: string): string {
  const next = new URLSearchParams(search).get("next") ?? "";
  return OWN_PAGE.test(next) ? next : "/";
}
