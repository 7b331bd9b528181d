// Builds each page alone: npm run build [-- --outDir DIR]
// Built together, the pages would share one chunk of the framework holding whatever any of them uses,
// and every phone would load what only the desk needs.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'

const TEXT_FILE = /\.(html|js|mjs|css|svg|json|webmanifest|txt|wasm)$/

const { values } = parseArgs({ options: { outDir: { type: 'string', default: 'dist' } } })
const root = import.meta.dirname
const outDir = resolve(root, values.outDir)
const pages = readdirSync(root).filter((name) => name.endsWith('.html')).sort()

rmSync(outDir, { recursive: true, force: true })
for (const [place, page] of pages.entries()) {
  const options = {
    root,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: false,
      copyPublicDir: place === 0,
      rolldownOptions: { input: { [basename(page, '.html')]: join(root, page) }, output: outputOf(page) },
    },
  }
  try {
    await build(options)
  } catch (error) {
    // The message holds the place and the frame of source; the stack is only the bundler's.
    console.error(error.message)
    process.exit(1)
  }
}
precompress()
for (const page of pages) report(page)

/**
 * Hundreds of phones load the member's page at once. One file for what must be there before anything shows, one for the
 * room behind the door, one for what the later parts share of the framework; left alone, the bundler makes a file of each
 * small piece that two parts share, and each file is one more request of every phone.
 */
function outputOf(page) {
  if (page !== 'member.html') return {}
  const part = (name, entry, priority) => ({ name: reachedFrom(name, join(root, 'src/pages/member', entry)), debugName: name, priority })
  const base = { name: 'base', test: /node_modules[\\/]svelte|oxc-project|vite.preload/, priority: 1 }
  return { codeSplitting: { groups: [part('first', 'main.ts', 3), part('room', 'InRoom.svelte', 2), base] } }
}

/** Names the group of what `entry` imports, itself or through others; what it imports later is not in it. */
function reachedFrom(name, entry) {
  const reached = new Set()
  return (id, modules) => {
    if (reached.size === 0) {
      reached.add(entry)
      for (const one of reached) for (const imported of modules.getModuleInfo(one)?.importedIds ?? []) reached.add(imported)
    }
    return reached.has(id) || (name === 'first' && id.includes('rolldown/runtime')) ? name : null
  }
}

/**
 * Writes FILE.br and FILE.gz beside each text file, so that the server never compresses while it runs.
 * gzip matters most: over plain http browsers do not offer brotli.
 */
function precompress() {
  for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !TEXT_FILE.test(entry.name)) continue
    const file = join(entry.parentPath, entry.name)
    const raw = readFileSync(file)
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length }
    for (const [ending, small] of [['br', brotliCompressSync(raw, { params })], ['gz', gzipSync(raw, { level: 9 })]]) {
      if (small.length < raw.length) writeFileSync(`${file}.${ending}`, small)
    }
  }
}

/** What a phone loads before it shows anything: the page and all that it names, without what is imported later. */
function report(page) {
  const loaded = new Set([page, 'floor.js'])
  for (const file of loaded) {
    const text = readFileSync(join(outDir, file), 'utf8')
    const named = file.endsWith('.html') ? /(?:src|href)="\/(assets\/[^"]+)"/g : /(?:from|import)\s*"\.\/([^"]+)"/g
    for (const [, name] of text.matchAll(named)) loaded.add(file.endsWith('.html') ? name : `assets/${name}`)
  }
  const bytes = [...loaded].reduce((sum, file) => sum + gzipSync(readFileSync(join(outDir, file)), { level: 9 }).length, 0)
  console.log(`${page.padEnd(16)} first load ${(bytes / 1000).toFixed(1)} kB gzip in ${loaded.size} files`)
}
