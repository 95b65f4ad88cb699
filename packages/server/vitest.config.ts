import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    restoreMocks: true,
    // For what goes wrong, not for what is slow: a busy machine takes its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many wait for processes that they started, so two cores are no reason for one at a time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
