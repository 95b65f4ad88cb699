/** The commands of the docs run as they stand, and are answered as the docs say. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { EXAMPLES, freePort, run } from "./programs.js";
import { startWhatsFlow } from "./whatsflow.js";

const ROOT = join(EXAMPLES, "..");
const PAGES = globSync(["README.md", "docs/*.md"], { cwd: ROOT }).sort();

interface RunnableBlock {
  commands: string;
  /** What the docs show as the answer, if it comes next. */
  answer: unknown;
}

function runnableBlocks(page: string): RunnableBlock[] {
  const text = readFileSync(join(ROOT, page), "utf8");
  const pattern = /^<!-- run -->\n```sh\n([^`]+)```(?:\n\n<!-- answer \w+ 2\d\d -->\n```json\n([^`]+)```)?$/gm;
  const blocks = [...text.matchAll(pattern)].map(([, commands = "", answer]) => ({
    commands,
    answer: answer === undefined ? undefined : JSON.parse(answer),
  }));
  expect(blocks, `runnable blocks of ${page}`).toHaveLength(text.match(/<!-- run -->/g)?.length ?? 0);
  return blocks;
}

/** The names of all fields, however deep; of a list those of its first item. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== "object" || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shapeOf(field)]));
}

it.each(PAGES.filter((page) => runnableBlocks(page).length > 0))("the commands of %s run", async (page) => {
  const server = await startWhatsFlow();
  try {
    const receiverPort = await freePort();
    const env = {
      WHATSFLOW_API_KEY: server.key,
      WHATSFLOW_DATA_DIR: server.dataDir,
      WHATSFLOW_LOG_LEVEL: "error",
      PATH: `${join(process.execPath, "..")}:${process.env.PATH}`,
    };
    for (const { commands, answer } of runnableBlocks(page)) {
      const here = commands
        .replaceAll("http://localhost:2152", server.url)
        .replaceAll("http://localhost:3000", `http://127.0.0.1:${receiverPort}`);
      const { code, stdout, stderr } = await run(["bash", "-euc", here], { cwd: ROOT, env });
      expect({ code, stderr: code === 0 ? "" : stderr }, commands).toEqual({ code: 0, stderr: "" });
      if (!commands.startsWith("curl")) continue;
      expect(JSON.parse(stdout)).toMatchObject({ success: true });
      if (answer !== undefined) expect(shapeOf(JSON.parse(stdout)), commands).toEqual(shapeOf(answer));
    }
  } finally {
    await server.stop();
  }
});

it("limits that are set while the server runs count at once", async () => {
  const server = await startWhatsFlow();
  try {
    const command = "npx whatsflow accounts set-plan default --per-minute 7 --json";
    const { stdout } = await run(["bash", "-euc", command], { cwd: ROOT, env: { WHATSFLOW_DATA_DIR: server.dataDir } });
    expect(JSON.parse(stdout)).toMatchObject({ plan: "custom", requests_per_minute: 7, requests_per_hour: 420 });
    expect(await server.client.usage.get()).toMatchObject({ plan: "custom", requests_per_minute: { limit: 7 } });
  } finally {
    await server.stop();
  }
});
