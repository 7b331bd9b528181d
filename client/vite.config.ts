import { existsSync } from 'node:fs'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

/** The dev server knows /chair.html; this lets it answer to /chair as the real server does. */
function pagePaths(): Plugin {
  return {
    name: 'page-paths',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((req, _res, next) => {
        const [path, query] = (req.url ?? '/').split('?')
        const page = path === '/' ? '/member' : path
        if (page && /^\/\w+$/.test(page) && existsSync(`.${page}.html`)) req.url = `${page}.html${query ? `?${query}` : ''}`
        next()
      })
    },
  }
}

const server = process.env.PINGYI_DEV_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [svelte({ configFile: false }), pagePaths()],
  publicDir: '../static',
  resolve: process.env.VITEST ? { conditions: ['browser'] } : undefined,
  server: { proxy: { '/ws': { target: server, ws: true }, '/api': server } },
  build: {
    // Svelte's own floor; nothing older can run the pages.
    target: ['chrome87', 'safari14', 'firefox83'],
    // Inlined assets and the preload polyfill would need `data:` and inline scripts in the content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: './test-environment.ts',
    server: { deps: { inline: ['svelte'] } },
    restoreMocks: true,
    unstubGlobals: true,
  },
})
