/** How the server answers messages; the last rule that fits decides. */
export interface AcknowledgeRule {
  /**
   * - `normal`: at once, before the recipients hear of the message
   * - `after receipts`: the recipients' receipts come first
   * - `never`: the message is delivered and the acknowledgement is lost
   * - `error`: refused with `code`, and delivered to nobody
   * - `disconnect`: the socket is lost between receiving the message and acknowledging it
   */
  mode: "normal" | "after receipts" | "never" | "error" | "disconnect";
  /** For `error`: 463 (the account may not write to strangers now), 479 (malformed), or any other. Default 463. */
  code?: number;
  /** Delays the acknowledgement, not the delivery: receipts then come early. */
  delayMs?: number;
  /** Whether recipients get the message in the modes `never` and `disconnect`. Default true. */
  deliver?: boolean;
  /** Only messages of this account, to this person or into this group. */
  for?: { phoneNumber: string } | { id: string };
  /** Applies to that many messages and is gone then. */
  times?: number;
  /** Applies with this probability, drawn from the simulator's seed. */
  chance?: number;
}

const NORMAL: AcknowledgeRule = { mode: "normal" };

export class AcknowledgeRules {
  private rules: { rule: AcknowledgeRule; remaining: number }[] = [];

  constructor(private readonly random: () => number) {}

  /** Adds a rule before the others; plain `normal` without a condition removes them all. Returns how to remove it. */
  add(rule: AcknowledgeRule): () => void {
    const { for: target, times, delayMs, chance } = rule;
    const plain = rule.mode === "normal" && !target && times === undefined && !delayMs && chance === undefined;
    if (plain) this.rules = [];
    const entry = { rule, remaining: times ?? Number.POSITIVE_INFINITY };
    if (!plain) this.rules.unshift(entry);
    return () => {
      this.rules = this.rules.filter((other) => other !== entry);
    };
  }

  take(sender: string, recipient: string | undefined): AcknowledgeRule {
    const entry = this.rules.find(({ rule }) => {
      if (rule.for) {
        const target = "phoneNumber" in rule.for ? rule.for.phoneNumber : rule.for.id;
        if (target !== sender && target !== recipient) return false;
      }
      return rule.chance === undefined || this.random() < rule.chance;
    });
    if (!entry) return NORMAL;
    entry.remaining -= 1;
    if (entry.remaining <= 0) this.rules = this.rules.filter((other) => other !== entry);
    return entry.rule;
  }
}

/** A small generator (mulberry32) so that a seed repeats a run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
