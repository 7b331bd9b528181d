// The first page on a phone that has never been here: bytes, requests and first paint, with the processor four times slower
// and a network of 1.6 Mbit/s and 150 ms, through Chromium's devtools protocol.
//
//   npm ci --prefix tests/browser
//   cargo build --release -p pingyi
//   node tests/bench/first_page.mjs [program] [runs]
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { chromium } = createRequire(`${root}/tests/browser/package.json`)('@playwright/test')
const program = process.argv[2] ?? `${root}/target/release/pingyi`
const runs = Number(process.argv[3] ?? 5)

const SLOWER = 4
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 1_600_000 / 8 }
/** For whatever a page asks for after its first paint. */
const SETTLE_MS = 2_500
const READY_WITHIN_MS = 30_000
const GOALS = { kib: 30, requests: 4, paint_s: 1.0 }

const port = await new Promise((resolve, reject) => {
  const server = createServer()
  server.once('error', reject)
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => resolve(port))
  })
})
const at = `http://127.0.0.1:${port}`
const demo = spawn(program, ['demo', '--listen', `127.0.0.1:${port}`, '--address', at, '--log', 'error'], { stdio: ['ignore', 'pipe', 'inherit'] })
const stopped = new Promise((resolve) => demo.once('exit', resolve))
try {
  const links = await demoLinks(demo)
  const pages = [
    ['member, by seat card', links.find((link) => link.includes('/#c='))],
    ['public page', links.find((link) => link.includes('/public'))],
  ]
  console.log(`| first page, ${runs} runs | KiB | goal | requests | goal | first paint, s | goal | met | detail |`)
  console.log('|---|---:|---|---:|---|---:|---|---|---|')
  for (const [name, link] of pages) {
    if (!link) throw new Error(`the program printed no link of: ${name}`)
    const seen = []
    for (let run = 0; run < runs; run += 1) seen.push(await open(link))
    console.log(row(name, seen))
  }
} finally {
  demo.kill('SIGKILL')
  await stopped
}

async function demoLinks(child) {
  let text = ''
  const late = AbortSignal.timeout(READY_WITHIN_MS)
  child.stdout.setEncoding('utf8')
  return new Promise((resolve, reject) => {
    late.addEventListener('abort', () => reject(new Error(`no links in time: ${text}`)))
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}`)))
    child.stdout.on('data', (more) => {
      text += more
      const links = [...text.matchAll(/http:\/\/\S+/g)].map(([link]) => link)
      // The member's link is the last of the list; its line is whole when another has begun.
      const last = links.findIndex((link) => link.includes('/#c='))
      if (last >= 0 && text.indexOf('\n', text.indexOf(links[last])) >= 0) resolve(links)
    })
  })
}

/** One visit by a browser of its own: nothing is kept from the one before. */
async function open(link) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  try {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })).newPage()
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Network.enable')
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
    await devtools.send('Network.emulateNetworkConditions', NETWORK)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    const requests = new Map()
    devtools.on('Network.requestWillBeSent', ({ requestId, request, timestamp }) => {
      if (!request.url.startsWith('data:')) requests.set(requestId, { url: request.url, sent: timestamp, bytes: 0 })
    })
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength, timestamp }) => {
      const request = requests.get(requestId)
      if (request) Object.assign(request, { bytes: encodedDataLength, done: timestamp })
    })
    await page.goto(link, { waitUntil: 'load' })
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
    const paint_ms = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime)
    await page.waitForTimeout(SETTLE_MS)
    const all = [...requests.values()]
    const first = Math.min(...all.map((one) => one.sent))
    // What had come before the first paint is the first page; the rest comes while it is read.
    const before = all.filter((one) => one.done !== undefined && (one.done - first) * 1000 <= paint_ms)
    return { paint_s: paint_ms / 1000, requests: before.length, kib: sum(before) / 1024, all: all.length, all_kib: sum(all) / 1024, urls: before.map((one) => new URL(one.url).pathname) }
  } finally {
    await browser.close()
  }
}

function sum(requests) {
  return requests.reduce((bytes, one) => bytes + one.bytes, 0)
}

function row(name, seen) {
  const middle = (of) => seen.map(of).sort((a, b) => a - b)[Math.floor(seen.length / 2)]
  const [kib, requests, paint_s] = [middle((one) => one.kib), middle((one) => one.requests), middle((one) => one.paint_s)]
  const met = kib <= GOALS.kib && requests <= GOALS.requests && paint_s <= GOALS.paint_s
  const detail = `${seen[0].urls.join(' ')}; in all ${middle((one) => one.all)} requests and ${middle((one) => one.all_kib).toFixed(1)} KiB`
  return `| ${name} | ${kib.toFixed(1)} | ≤ ${GOALS.kib} | ${requests} | ≤ ${GOALS.requests} | ${paint_s.toFixed(2)} | ≤ ${GOALS.paint_s} | ${met ? 'yes' : '**no**'} | ${detail} |`
}
