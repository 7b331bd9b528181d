import { defineConfig } from '@playwright/test'

export default defineConfig({
  testMatch: '*.story.ts',
  outputDir: '../output/browser',
  // Two halls at a time: each is a program, a browser and up to thirty phones.
  workers: Number(process.env.WORKERS ?? 2),
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    trace: 'off',
    actionTimeout: 15_000,
    navigationTimeout: 15_000,
    locale: 'zh-CN',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Phones reach the program under a name and without TLS, so no page is a secure context, as in a hall.
        '--host-resolver-rules=MAP hall.test 127.0.0.1',
      ],
    },
  },
})
