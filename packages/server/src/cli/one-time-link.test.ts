import { expect, it } from "vitest";
import { showOneTimeLink } from "./one-time-link.js";

it.each(["http://localhost:2152", "http://127.0.0.1:2152", "http://[::1]:2152", "https://wa.example.com"])(
  "a link at %s is shown as it is",
  (url) => {
    expect(showOneTimeLink({ url, port: 2152 }, "token")).toEqual(["", `  ${url}/#/welcome?token=token`, ""]);
  },
);

it.each(["http://192.168.1.10:2152", "http://wa.example.com", "http://[2001:db8::1]:2152"])(
  "one at %s comes with what to do so that it can be used",
  (url) => {
    const text = showOneTimeLink({ url, port: 3000 }, "token", { name: "anna" }).join("\n");
    expect(text).toContain(`${url}/#/welcome?token=token&name=anna`);
    for (const cure of [
      "WHATSFLOW_PUBLIC_URL",
      "WHATSFLOW_TRUSTED_PROXIES",
      "at http://localhost:3000",
      "ssh -L 3000:localhost:3000",
    ])
      expect(text).toContain(cure);
  },
);
