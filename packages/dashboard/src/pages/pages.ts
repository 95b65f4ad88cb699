/** Every page of the dashboard below its mode. Each is loaded when it is first opened. */
import { type ComponentType, lazy } from "react";

/** `path` may have parameters, as in `/devices/:id`; the page gets them as `params`. */
type PageRoute = { path: string; Page: ComponentType<{ params: Record<string, string | undefined> }> };

export const PAGES: readonly PageRoute[] = [
  { path: "/overview", Page: lazy(() => import("./overview/overview-page.js")) },
  { path: "/devices", Page: lazy(() => import("./devices/devices-page.js")) },
  { path: "/devices/:id", Page: lazy(() => import("./devices/device-page.js")) },
  { path: "/settings/users", Page: lazy(() => import("./settings/users-page.js")) },
  { path: "/settings/account", Page: lazy(() => import("./settings/account-page.js")) },
  { path: "/settings/audit-log", Page: lazy(() => import("./settings/audit-log-page.js")) },
];
