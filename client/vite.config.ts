import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const PAGES = ['member', 'projector', 'chair', 'desk', 'public'] as const
const TEXT_FILE = /\.(html|js|mjs|css|svg|json|webmanifest|txt)$/

/**
 * Writes FILE.br and FILE.gz beside each text file, so that the server never compresses while it runs.
 * gzip matters most: over plain http browsers do not offer brotli.
 */
function precompress(): Plugin {
  let dir = ''
  return {
    name: 'precompress',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      dir = resolve(config.root, config.build.outDir)
    },
    closeBundle() {
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !TEXT_FILE.test(entry.name)) continue
        const file = join(entry.parentPath, entry.name)
        const raw = readFileSync(file)
        const br = brotliCompressSync(raw, {
          params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length },
        })
        const gz = gzipSync(raw, { level: 9 })
        if (br.length < raw.length) writeFileSync(`${file}.br`, br)
        if (gz.length < raw.length) writeFileSync(`${file}.gz`, gz)
      }
    },
  }
}

/** `vite` alone has no server that maps /chair to chair.html, so the dev server does it here. */
function pagePaths(): Plugin {
  return {
    name: 'page-paths',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((req, _res, next) => {
        const path = (req.url ?? '/').split('?')[0]
        if (path === '/') req.url = '/member.html'
        for (const page of PAGES) if (path === `/${page}`) req.url = `/${page}.html`
        next()
      })
    },
  }
}

const server = process.env.PINGYI_DEV_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [svelte({ configFile: false }), precompress(), pagePaths()],
  publicDir: '../static',
  resolve: process.env.VITEST ? { conditions: ['browser'] } : undefined,
  server: { proxy: { '/ws': { target: server, ws: true }, '/api': server } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Svelte's own floor; nothing older can run the pages.
    target: ['chrome87', 'safari14', 'firefox83'],
    // Inlined assets and the preload polyfill would need `data:` and inline scripts in the content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: Object.fromEntries(PAGES.map((page) => [page, `${page}.html`])) },
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: './test-environment.ts',
    server: { deps: { inline: ['svelte'] } },
    restoreMocks: true,
    unstubGlobals: true,
  },
})
