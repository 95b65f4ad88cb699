import type { CacheStore } from "baileys";

/** A cache for Baileys that forgets the longest unused first, and needs no timers. `lifetimeMs`: how long an entry counts. */
export function createBoundedCache(maxEntries: number, lifetimeMs = Number.POSITIVE_INFINITY): CacheStore {
  // biome-ignore lint/suspicious/noExplicitAny: Baileys' caches give back whatever was put in, under a type that the caller names
  const entries = new Map<string, { value: any; until: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (entry.until < Date.now()) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, { value, until: Date.now() + lifetimeMs });
      if (entries.size <= maxEntries) return;
      const [oldest] = entries.keys();
      if (oldest !== undefined) entries.delete(oldest);
    },
    del(key) {
      entries.delete(key);
    },
    flushAll() {
      entries.clear();
    },
  };
}
