/** Starts workers under the page's content policy, which takes script addresses only from this one named policy. */

interface Policies {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): string }
}

let policy: { createScriptURL(url: string): string } | undefined

/** `url` must come from this server, as an import with `?url` gives it. */
export function startWorker(url: string, options: WorkerOptions = { type: 'module' }): Worker {
  const { trustedTypes } = window as { trustedTypes?: Policies }
  policy ??= trustedTypes?.createPolicy('pingyi-worker', { createScriptURL: sameOrigin })
  return new Worker(policy ? policy.createScriptURL(url) : sameOrigin(url), options)
}

function sameOrigin(url: string): string {
  if (new URL(url, location.href).origin !== location.origin) throw new TypeError('a worker from elsewhere')
  return url
}
