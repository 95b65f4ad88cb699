import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    maxWorkers: 1,
    // A wait for what never comes ends before, and says what that was.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
