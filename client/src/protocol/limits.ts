/** The server's bounds that forms of several pages show beforehand; the server decides. */
export const LOT_CALLED_CHARS_MAX = 40
