/** Every page of the dashboard below its mode. Each is loaded when it is first opened. */
import { type ComponentType, lazy } from "react";

/** `path` may have parameters, as in `/devices/:id`; the page gets them as `params`. */
type PageRoute = {
  path: string;
  Page: ComponentType<{ params: Record<string, string | undefined> }>;
  /** It stays as it is while its parameters change, as a list beside what is opened from it. */
  isKept?: boolean;
};

export const PAGES: readonly PageRoute[] = [
  {
    path: "/overview",
    Page: lazy(async () => ({ default: (await import("./overview/overview-page.js")).OverviewPage })),
  },
  { path: "/devices", Page: lazy(async () => ({ default: (await import("./devices/devices-page.js")).DevicesPage })) },
  {
    path: "/devices/:id",
    Page: lazy(async () => ({ default: (await import("./devices/device-page.js")).DevicePage })),
  },
  {
    path: "/docs",
    Page: lazy(async () => ({ default: (await import("./api-docs/api-docs-page.js")).ApiDocsPage })),
  },
  {
    path: "/messages/:contactId?",
    Page: lazy(async () => ({ default: (await import("./messages/messages-page.js")).MessagesPage })),
    isKept: true,
  },
  {
    path: "/settings/api-keys",
    Page: lazy(async () => ({ default: (await import("./api-keys/api-keys-page.js")).ApiKeysPage })),
  },
  {
    path: "/settings/webhooks",
    Page: lazy(async () => ({ default: (await import("./webhooks/webhooks-page.js")).WebhooksPage })),
  },
  {
    path: "/settings/webhooks/:id",
    Page: lazy(async () => ({ default: (await import("./webhooks/webhook-page.js")).WebhookPage })),
  },
  {
    path: "/settings/users",
    Page: lazy(async () => ({ default: (await import("./settings/users-page.js")).UsersPage })),
  },
  {
    path: "/settings/account",
    Page: lazy(async () => ({ default: (await import("./settings/account-page.js")).AccountPage })),
  },
  {
    path: "/settings/audit-log",
    Page: lazy(async () => ({ default: (await import("./settings/audit-log-page.js")).AuditLogPage })),
  },
];
