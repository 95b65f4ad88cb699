/** For runtimes that are processes: Node, Bun and Deno. */
import { tour } from "./tour.js";

const setting = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

// A promise, not a top-level await, which CommonJS does not have.
tour({
  baseUrl: setting("WHATSFLOW_URL"),
  apiKey: setting("WHATSFLOW_API_KEY"),
  message: setting("MESSAGE"),
}).then(
  (report) => console.log(JSON.stringify(report)),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
