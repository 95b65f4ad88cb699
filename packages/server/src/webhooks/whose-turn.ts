/** Enough for all webhooks that are busy; those that were deleted stay in it, and so it does not grow for ever. */
const MAX_REMEMBERED = 10_000;

interface Waiting {
  webhookId: string;
  accountId: string;
  dueAt: number;
}

/** Who had slots, and when: what is due for a long time must not go before everybody else again and again. */
export interface Turns {
  /** Those whose last turn was longest ago come first, one of each account after the other. */
  inOrder<Head extends Waiting>(heads: readonly Head[]): Head[];
  took(one: Pick<Waiting, "webhookId" | "accountId">): void;
}

export function createTurns(): Turns {
  const lastTurns = new Map<string, number>();
  let turns = 0;
  const lastOf = (id: string) => lastTurns.get(id) ?? 0;

  return {
    inOrder(heads) {
      const byWebhook = [...heads].sort(
        (one, other) => lastOf(one.webhookId) - lastOf(other.webhookId) || one.dueAt - other.dueAt,
      );
      const accounts = [...new Set(byWebhook.map(({ accountId }) => accountId))];
      if (accounts.length < 2) return byWebhook;
      const place = new Map(accounts.sort((one, other) => lastOf(one) - lastOf(other)).map((id, index) => [id, index]));
      const before = new Map<string, number>();
      return byWebhook
        .map((head) => {
          const round = before.get(head.accountId) ?? 0;
          before.set(head.accountId, round + 1);
          return { head, round, account: place.get(head.accountId) ?? 0 };
        })
        .sort((one, other) => one.round - other.round || one.account - other.account)
        .map(({ head }) => head);
    },
    took({ webhookId, accountId }) {
      turns += 1;
      for (const id of [webhookId, accountId]) {
        if (lastTurns.size >= MAX_REMEMBERED) lastTurns.clear();
        lastTurns.set(id, turns);
      }
    },
  };
}
