/** The shape of sentences for coded facts: each code has one, made with the fields that come with the code. */
export type Sentences<Fact extends { code: string }> = {
  [Code in Fact['code']]: string | ((fact: Extract<Fact, { code: Code }>) => string)
}

/** The sentence for a fact, or nothing for a code that is newer than this page. */
export function sentence<Fact extends { code: string }>(sentences: Sentences<Fact>, fact: Fact): string | undefined {
  const found: string | ((fact: never) => string) | undefined = sentences[fact.code as Fact['code']]
  return typeof found === 'function' ? found(fact as never) : found
}
