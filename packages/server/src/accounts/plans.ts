import type { PlanName } from "../storage/schema.js";

export interface PlanLimits {
  requestsPerMinute: number;
  requestsPerHour: number;
}

/** What an account may do; the quota is null where there is none. */
export interface AccountLimits extends PlanLimits {
  plan: PlanName;
  messagesPerMonth: number | null;
}

/** Reference: Rate Limits. */
export const PLANS: Record<Exclude<PlanName, "custom">, PlanLimits> = {
  trial: { requestsPerMinute: 10, requestsPerHour: 600 },
  starter: { requestsPerMinute: 30, requestsPerHour: 1_800 },
  professional: { requestsPerMinute: 100, requestsPerHour: 6_000 },
  business: { requestsPerMinute: 300, requestsPerHour: 18_000 },
  enterprise: { requestsPerMinute: 1_000, requestsPerHour: 60_000 },
};

export const isPlan = (name: string): name is keyof typeof PLANS => Object.hasOwn(PLANS, name);
