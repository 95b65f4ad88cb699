import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["*.test.ts"],
    globalSetup: ["stage.ts"],
    // Browsers and other people's runtimes take their time to start.
    testTimeout: 150_000,
    hookTimeout: 150_000,
    maxWorkers: 2,
    maxConcurrency: 2,
  },
});
