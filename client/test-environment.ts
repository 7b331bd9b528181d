import type { Environment } from 'vitest/environments'

/**
 * Node without a DOM, but with modules made as for a browser: only so do Svelte's runes react in tests.
 * What a test needs of the browser it stubs itself.
 */
export default {
  name: 'client',
  viteEnvironment: 'client',
  setup: () => ({ teardown() {} }),
} satisfies Environment
