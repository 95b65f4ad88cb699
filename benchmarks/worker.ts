/** Processes that do what they are told over their channel. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { memoryOf } from "./processes.js";

type Commands = Record<string, (...input: never[]) => Promise<unknown>>;
interface Call {
  id: number;
  name: string;
  input: never[];
}
type Answer = { id: number; value?: unknown; error?: string };

/** The time on a clock that all processes of the machine share, in milliseconds. */
export const sharedNow = (): number => Number(process.hrtime.bigint()) / 1e6;

/** In the process: carries out what is asked, until nobody asks any more. */
export function obey(commands: Commands): void {
  // Which the loader of TypeScript has switched on: they make every error dear, and Baileys makes one with every query.
  process.setSourceMapsEnabled(false);
  const answer = (message: Answer) => process.send?.(message);
  process.on("message", ({ id, name, input }: Call) => {
    const command = commands[name];
    if (!command) throw new Error(`There is no command ${name}`);
    command(...input).then(
      (value) => answer({ id, value }),
      (error: unknown) => answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : `${error}` }),
    );
  });
  process.on("disconnect", () => process.exit());
}

export interface Worker<Known extends Commands> {
  ask<Name extends keyof Known & string>(name: Name, ...input: Parameters<Known[Name]>): ReturnType<Known[Name]>;
  keptMemoryMb(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a file of this folder that calls `obey`. */
export function startWorker<Known extends Commands>(file: string, nodeOptions: string[] = []): Worker<Known> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [...nodeOptions, "--import", "tsx", path], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const pending = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let asked = 0;
  child.on("message", ({ id, value, error }: Answer) => {
    const waiting = pending.get(id);
    pending.delete(id);
    if (error === undefined) waiting?.resolve(value as never);
    else waiting?.reject(new Error(`${file}: ${error}`));
  });
  child.once("exit", (code) => {
    for (const { reject } of pending.values()) reject(new Error(`${file} ended with ${code}`));
  });
  return {
    ask: (name, ...input) =>
      new Promise((resolve, reject) => {
        asked += 1;
        pending.set(asked, { resolve, reject });
        child.send({ id: asked, name, input });
      }) as ReturnType<Known[typeof name]>,
    keptMemoryMb: () => memoryOf(child).kept(),
    stop: () =>
      new Promise((stopped) => {
        child.once("exit", () => stopped());
        child.disconnect();
      }),
  };
}
