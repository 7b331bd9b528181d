import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
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
        const page = path === '/' || path === '/booth' ? '/member' : path
        if (page && /^\/\w+$/.test(page) && existsSync(`.${page}.html`)) req.url = `${page}.html${query ? `?${query}` : ''}`
        next()
      })
    },
  }
}

/** Chinese character maps only: with the Japanese and Korean ones they would be twice as large. */
const CHARACTER_MAP = /^(Adobe-(GB1|CNS1)|Uni(GB|CNS)|GB|B5|CNS|ET|HK)[\w-]*\.bcmap$/

/** Puts beside the scripts of a page that reads PDFs what pdf.js needs for those that do not carry their fonts. */
function pdfData(): Plugin {
  const root = resolve(import.meta.dirname, 'node_modules/pdfjs-dist')
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  // The server lets browsers keep assets for ever, so the version is part of the address.
  const folder = `assets/pdf-${version}`
  const files = [
    ...readdirSync(join(root, 'cmaps')).filter((name) => CHARACTER_MAP.test(name)).map((name) => `cmaps/${name}`),
    ...readdirSync(join(root, 'standard_fonts')).map((name) => `standard_fonts/${name}`),
  ]
  return {
    name: 'pdf-data',
    configureServer(server) {
      server.middlewares.use((req, res, next) => {
        const file = files.find((name) => req.url === `/${folder}/${name}`)
        if (file) res.end(readFileSync(join(root, file)))
        else next()
      })
    },
    generateBundle(_options, bundle) {
      const reads = Object.values(bundle).some(
        (part) => part.type === 'chunk' && part.moduleIds.some((id) => id.endsWith('/reader/engines/pdf.ts')),
      )
      if (!reads) return
      for (const file of files) {
        this.emitFile({ type: 'asset', fileName: `${folder}/${file}`, source: readFileSync(join(root, file)) })
      }
    },
  }
}

const server = process.env.PINGYI_DEV_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [svelte({ configFile: false }), pdfData(), pagePaths()],
  publicDir: '../static',
  resolve: process.env.VITEST ? { conditions: ['browser'] } : undefined,
  // Tests open the sample documents that stand beside the client.
  server: { fs: { allow: ['.', '../static', '../docs', '../tests/fixtures'] }, proxy: { '/ws': { target: server, ws: true }, '/api': server } },
  build: {
    // Svelte's own floor; nothing older can run the pages.
    target: ['chrome87', 'safari14', 'firefox83'],
    // Inlined assets and the preload polyfill would need `data:` and inline scripts in the content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      onLog(level, log, report) {
        // pdf.js keeps an `eval` for Node; browsers never come there, and the content policy bars it.
        if (log.code === 'EVAL' && log.id?.includes('pdfjs-dist')) return
        report(level, log)
      },
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: './test-environment.ts',
    server: { deps: { inline: ['svelte'] } },
    restoreMocks: true,
    unstubGlobals: true,
  },
})
