/** What stands in the navigation, in its order. A new page is one entry here, and one in pages/pages.ts. */
import type { IconName } from "../components/icons.js";

export type Entry = {
  /** Below the mode. */
  path: string;
  label: string;
  icon: IconName;
  /** In the bar of a phone, which has room for three; the others are under "More". */
  isInBar?: boolean;
};
export type Group = { label?: string; entries: readonly Entry[] };

export const NAVIGATION: readonly Group[] = [
  {
    entries: [
      { path: "/overview", label: "Overview", icon: "overview", isInBar: true },
      { path: "/messages", label: "Messages", icon: "messages", isInBar: true },
      { path: "/devices", label: "Devices", icon: "devices", isInBar: true },
      { path: "/docs", label: "API Docs", icon: "docs" },
    ],
  },
  {
    label: "Settings",
    entries: [
      { path: "/settings/api-keys", label: "API keys", icon: "key" },
      { path: "/settings/webhooks", label: "Webhooks", icon: "webhooks" },
      { path: "/settings/users", label: "Users", icon: "users" },
      { path: "/settings/account", label: "Your account", icon: "account" },
      { path: "/settings/audit-log", label: "Audit log", icon: "log" },
    ],
  },
];
