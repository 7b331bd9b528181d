// The few library functions newer than Chrome 87 and Safari 14 that an engine calls.
// The build lowers syntax to those browsers but adds no functions.

function at<T>(this: ArrayLike<T>, index: number): T | undefined {
  const whole = Math.trunc(index) || 0
  return this[whole < 0 ? this.length + whole : whole]
}

for (const prototype of [Array.prototype, String.prototype, Uint8Array.prototype]) {
  if (!('at' in prototype)) {
    Object.defineProperty(prototype, 'at', { value: at, writable: true, configurable: true })
  }
}

if (!('hasOwn' in Object)) {
  Object.defineProperty(Object, 'hasOwn', {
    value: (target: object, key: PropertyKey) => Object.prototype.hasOwnProperty.call(target, key),
    writable: true,
    configurable: true,
  })
}

export {}
