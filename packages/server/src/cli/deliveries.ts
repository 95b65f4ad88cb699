import { Command, InvalidArgumentError, Option } from "commander";
import { appendAudit, COMMAND_LINE } from "../audit/audit-log.js";
import { findSubject, summarise } from "../audit/summaries.js";
import { systemClock, toTimestamp, toTimestampOrNull } from "../clock.js";
import { ConfigError } from "../config.js";
import { getSpaceOf } from "../webhooks/all-webhooks.js";
import {
  type DeliveryFilter,
  getWebhookOfDelivery,
  listNewestDeliveries,
  recoverDeliveries,
  replayDelivery,
} from "../webhooks/deliveries.js";
import { getAnyWebhook } from "../webhooks/webhooks.js";
import { type DataOptions, inExistingInstallation, print, table, withDataOptions } from "./command.js";

interface ListOptions extends DataOptions {
  webhook?: string;
  status?: NonNullable<DeliveryFilter["status"]>;
  since?: number;
  limit: number;
}
interface ReplayOptions extends DataOptions {
  webhook?: string;
  since?: number;
}

const MOST_LISTED = 1_000;

/** `whatsflow deliveries …` */
export function deliveriesCommand(): Command {
  const deliveries = new Command("deliveries").description("look at webhook deliveries, and send them again");

  withDataOptions(deliveries.command("list"))
    .description("list the newest deliveries of all accounts")
    .option("--webhook <id>", "only those to this webhook")
    .addOption(
      new Option("--status <status>", "only those with this status").choices([
        "pending",
        "succeeded",
        "failed",
        "skipped",
      ]),
    )
    .option(
      "--since <time>",
      "only those of events since then, in UTC unless it names a zone: 2025-10-11, 2025-10-11T10:30+02:00",
      parseTime,
    )
    .option("--limit <count>", `how many, at most ${MOST_LISTED}`, parseLimit, 50)
    .action(list);

  withDataOptions(deliveries.command("replay"))
    .description("send a delivery again, or all that failed or were skipped since a time")
    .argument("[id]", "the delivery's id, such as delivery_…")
    .option("--webhook <id>", "with --since: the webhook")
    .option(
      "--since <time>",
      "with --webhook: events since then, in UTC unless it names a zone: 2025-10-11, 2025-10-11T10:30+02:00",
      parseTime,
    )
    .action(replay);
  return deliveries;
}

async function list({ webhook, status, since, limit, ...options }: ListOptions): Promise<void> {
  await inExistingInstallation(options, async ({ store }) => {
    if (webhook !== undefined) await getAnyWebhook(store.read, webhook);
    const filter = { status, since, ...(webhook !== undefined && { webhookId: webhook }) };
    const found = (await listNewestDeliveries(store.read, filter, limit)).map((row) => ({
      id: row.id,
      webhook_id: row.webhook_id,
      url: row.url,
      event_type: row.event_name,
      status: row.status,
      attempt_number: row.attempt_number,
      response_status: row.response_status,
      error: row.error,
      next_attempt_at: toTimestampOrNull(row.due_at),
      created_at: toTimestamp(row.created_at),
    }));
    const rows = found.map((delivery) => [
      delivery.id,
      delivery.created_at,
      delivery.event_type,
      delivery.status,
      String(delivery.attempt_number),
      delivery.error ?? "",
      delivery.url,
    ]);
    print(options, found, table([["ID", "CREATED", "EVENT", "STATUS", "ATTEMPTS", "LAST ERROR", "URL"], ...rows]));
  });
}

async function replay(id: string | undefined, { webhook, since, ...options }: ReplayOptions): Promise<void> {
  const all = webhook !== undefined && since !== undefined;
  if ((id === undefined) !== all || (id !== undefined && (webhook !== undefined || since !== undefined)))
    throw new ConfigError("Give the id of a delivery, or --webhook and --since for all that failed or were skipped");
  await inExistingInstallation(options, async ({ store }) => {
    const now = systemClock.now();
    if (id !== undefined) {
      await store.write(async (tx) => replayDelivery(tx, await getWebhookOfDelivery(tx, id), id, now));
      print(options, { id, replayed: true }, [`${id} is sent again`]);
    } else if (webhook !== undefined && since !== undefined) {
      const { is_active, disabled_reason } = await getAnyWebhook(store.read, webhook);
      if (is_active === 0)
        throw new ConfigError(
          `${webhook} is not active (${disabled_reason}). Enable it first: whatsflow webhooks enable ${webhook}`,
        );
      const count = await recoverDeliveries(store, (tx) => getAnyWebhook(tx, webhook), { since }, now);
      await store.write(async (tx) => {
        const { accountId, mode } = await getSpaceOf(tx, webhook);
        const action = "recoverWebhookDeliveries";
        const summary = summarise(action, await findSubject(tx, webhook));
        await appendAudit(tx, { accountId, mode, actor: COMMAND_LINE, action, subjectId: webhook, summary }, now);
      });
      print(options, { count }, [`${count} ${count === 1 ? "delivery is" : "deliveries are"} sent again`]);
    }
  });
}

/** Without a zone it is UTC, as all times that are printed; JavaScript's own reading depends on whether there is an hour. */
function parseTime(text: string): number {
  const [date, time] = /^\d{4}-\d\d-\d\d(T.+)?$/.exec(text) ?? [];
  const lacksZone = time !== undefined && !/(Z|[+-]\d\d:?\d\d)$/.test(time);
  const ms = date === undefined ? Number.NaN : Date.parse(lacksZone ? `${text}Z` : text);
  if (Number.isNaN(ms)) throw new InvalidArgumentError("A time is a date such as 2025-10-11, or 2025-10-11T10:30Z.");
  return ms;
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!/^\d{1,4}$/.test(text) || limit < 1 || limit > MOST_LISTED)
    throw new InvalidArgumentError(`It is a number from 1 to ${MOST_LISTED}.`);
  return limit;
}
