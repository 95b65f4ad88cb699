/** Every page of the dashboard below its mode. Each is loaded when it is first opened. */
import { type ComponentType, lazy } from "react";

/** `path` may have parameters, as in `/devices/:id`; the page gets them as `params`. */
type PageRoute = { path: string; Page: ComponentType<{ params: Record<string, string | undefined> }> };

export const PAGES: readonly PageRoute[] = [
  { path: "/overview", Page: lazy(() => import("./overview/overview-page.js")) },
];
