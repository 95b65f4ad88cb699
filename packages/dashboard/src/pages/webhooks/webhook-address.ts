/** Whether others could read what is sent to the address: plain http, and not to this server's own machine. */
export function canBeReadOnTheWay(url: string): boolean {
  if (!URL.canParse(url)) return /^http:/i.test(url.trim());
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && !THIS_MACHINE.test(hostname);
}

/** As `URL` writes them, whichever way they were typed. */
const THIS_MACHINE = /^((.+\.)?localhost|127(\.\d+){3}|\[::1\])$/;
