/**
 * One round against the real program: clients send, webhooks are paused, resumed and sent again, receivers are fickle, and the server is
 * killed and stopped, all by a seed. At the end everything is healthy, and what was acknowledged has to have arrived.
 */
import { rmSync } from "node:fs";
import { seededRandom } from "../random.js";
import { type DeliveryTables, openTables } from "./delivery-tables.js";
import { type FickleReceiver, startFickleReceiver } from "./fickle-receiver.js";
import { type Acknowledged, type Hook, judge } from "./judgement.js";
import { newFolder, type Program, runCommand, startProgram } from "./program.js";

export interface Figures {
  /** Messages that the API acknowledged, and what came of them at all webhooks. */
  sent: number;
  received: number;
  lost: number;
  /** What was taken more than once, each time with a reason in the log. */
  doubled: number;
  /** The server was started again after each. */
  kills: number;
  stops: number;
  restarts: number;
}
export interface RoundResult {
  figures: Figures;
  /** What should not be; empty when all is well. Then the data folder is gone, else it is kept. */
  violations: string[];
  dataDir: string;
}

const HOOKS = [
  { name: "plain-1", ordered: false },
  { name: "plain-2", ordered: false },
  { name: "ordered-1", ordered: true },
  { name: "ordered-2", ordered: true },
];
const CLIENTS = 4;
const MOST_MESSAGES_OF_CLIENT = 25;
const MOST_ARRIVALS_PER_PHASE = 80;
/** Far longer than the rest of a round takes once everything is healthy. */
const SETTLING_MS = 120_000;
const PAUSE_MS = 50;

export async function runRound(seed: number): Promise<RoundResult> {
  const dataDir = newFolder();
  // No request of a round is refused for its rate.
  await runCommand("accounts", "set-plan", "default", "--per-minute", "1000000000", "--data", dataDir);
  const receiver = await startFickleReceiver(seededRandom(seed + 1));
  const program = await startProgram(dataDir);
  const tables = openTables(dataDir);
  const round = new Round(seededRandom(seed), receiver, program, tables);
  try {
    await round.registerHooks();
    const phases = 2 + round.below(3);
    for (let phase = 0; phase < phases; phase += 1) await round.runPhase();
    await round.settle();
    await round.program.end("SIGTERM");
    const { lost, received, doubled, violations } = judge(round, tables);
    const { kills, stops, acknowledged } = round;
    const figures = { sent: acknowledged.length, received, lost, doubled, kills, stops, restarts: kills + stops };
    if (violations.length === 0) rmSync(dataDir, { recursive: true });
    return { figures, violations, dataDir };
  } finally {
    await round.program.end("SIGKILL");
    await receiver.close();
    tables.close();
  }
}

class Round {
  readonly hooks: Hook[] = [];
  readonly acknowledged: Acknowledged[] = [];
  readonly violations: string[] = [];
  /** Deliveries that were given up for a while, by a pause or a 410: what came later went before them. */
  readonly givenUp = new Set<string>();
  kills = 0;
  stops = 0;
  #texts = 0;

  constructor(
    readonly random: () => number,
    readonly receiver: FickleReceiver,
    public program: Program,
    readonly tables: DeliveryTables,
  ) {}

  below = (limit: number): number => Math.floor(this.random() * limit);

  async registerHooks(): Promise<void> {
    for (const { name, ordered } of HOOKS) {
      const input = { url: this.receiver.urlOf(name), events: ["message.sent"], ordered };
      const { id, secret } = await this.program.ask("POST", "/webhooks", input);
      this.receiver.expectSecret(name, secret);
      this.hooks.push({ id, name, ordered });
    }
  }

  /** Sends and meddles until the server is ended, and starts it again. */
  async runPhase(): Promise<void> {
    const signal = this.random() < 0.7 ? "SIGKILL" : "SIGTERM";
    const actions = Array.from({ length: 1 + this.below(4) }, () => this.below(ACTIONS.length));
    const enough = this.receiver.arrivals.length + 1 + this.below(MOST_ARRIVALS_PER_PHASE);
    const arrived = new Promise<void>((resolve) => {
      this.receiver.onArrival = () => {
        if (this.receiver.arrivals.length >= enough) resolve();
      };
    });
    const share = 1 + this.below(MOST_MESSAGES_OF_CLIENT);
    const clients = Array.from({ length: CLIENTS }, () => this.#sendSome(share));
    const meddling = this.#meddle(actions);
    // Whatever comes first: with all receivers hanging nothing more would arrive.
    await Promise.race([arrived, Promise.all([...clients, meddling])]);
    if (signal === "SIGKILL") this.kills += 1;
    else this.stops += 1;
    await this.program.end(signal);
    await Promise.all([...clients, meddling]);
    this.program = await startProgram(this.program.dataDir);
  }

  async #sendSome(count: number): Promise<void> {
    for (let sent = 0; sent < count; sent += 1) {
      this.#texts += 1;
      const body = { phone_number: `+9477000000${this.below(10)}`, message: `text ${this.#texts}` };
      const answer = await this.program.request("POST", "/messages/send", body);
      // The server was ended: whether it took the message, nobody knows.
      if (!answer) return;
      if (answer.status === 200) this.acknowledged.push({ messageId: answer.body.data.message_id });
      else this.violations.push(`a message was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
  }

  async #meddle(actions: number[]): Promise<void> {
    for (const action of actions) {
      const hook = this.hooks[this.below(this.hooks.length)];
      if (hook) await ACTIONS[action]?.(this, hook);
    }
  }

  noteGivenUp(): void {
    for (const { id, status } of this.tables.deliveries()) {
      if (status === "skipped" || status === "failed") this.givenUp.add(id);
    }
  }

  /** Everybody is healthy: sends again at once what would wait for its time, until nothing is left. */
  async settle(): Promise<void> {
    this.receiver.heal();
    for (const end = performance.now() + SETTLING_MS; performance.now() < end; ) {
      const left = this.tables.deliveries().filter(({ status }) => status !== "succeeded");
      if (left.length === 0) return;
      this.noteGivenUp();
      for (const hook of this.hooks) {
        const own = left.filter(({ webhookId }) => webhookId === hook.id);
        if (own.length === 0) continue;
        await this.program.ask("PUT", `/webhooks/${hook.id}`, { is_active: true });
        // A 410 that was still on its way has disabled it again; then the next turn does it.
        await this.program.request("POST", `/webhooks/${hook.id}/recover`, { since: "2020-01-01T00:00:00.000Z" });
        for (const { id, status, lease, dueAt } of own) {
          if (status !== "pending" || lease !== null || Number(dueAt) <= Date.now()) continue;
          await this.program.ask("POST", `/webhooks/${hook.id}/deliveries/${id}/replay`);
        }
      }
      await new Promise((over) => setTimeout(over, PAUSE_MS));
    }
    this.violations.push("deliveries were still waiting long after everything was healthy");
  }
}

/** What customers do meanwhile. Each may be cut off by the end of the server. */
const ACTIONS: ((round: Round, hook: Hook) => Promise<unknown>)[] = [
  ({ program }, hook) => program.request("PUT", `/webhooks/${hook.id}`, { is_active: false }),
  ({ program }, hook) => program.request("PUT", `/webhooks/${hook.id}`, { is_active: true }),
  async (round, hook) => {
    await round.program.request("PUT", `/webhooks/${hook.id}`, { is_active: false });
    await round.program.request("PUT", `/webhooks/${hook.id}`, { is_active: true });
    round.noteGivenUp();
    await round.program.request("POST", `/webhooks/${hook.id}/recover`, { since: "2020-01-01T00:00:00.000Z" });
  },
  async ({ receiver }, hook) => receiver.leave(hook.name),
  async (round, hook) => {
    // An order is only promised to who does not ask for something else.
    if (hook.ordered) return;
    const own = round.receiver.arrivals.filter((arrival) => arrival.hook === hook.name);
    const arrival = own[round.below(own.length)];
    if (arrival) await round.program.request("POST", `/webhooks/${hook.id}/deliveries/${arrival.deliveryId}/replay`);
  },
];
