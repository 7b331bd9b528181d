/** The one door to the document reader, which is large and fetched only when a document is opened. */
export const loadReader = async () => (await import('../../parts/reader/Reader.svelte')).default
