// Fonts draw 长 and the radical ⻓ with one glyph, and PDFs made from them often name the
// radical. Readers, search and screen readers need the character.

/** Radical and character in turn, where Unicode's own folding knows none or another one. */
const PAIRS =
  '⺂乛⺃乚⺅亻⺉刂⺋㔾⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺞歺⺠民⺡氵⺣灬⺤爫⺦丬⺨犭⺭礻⺯糹⺰纟⺱罓⺳㓁⺹耂⺺肀⺾艹⻂衤⻅见⻆角⻈讠' +
  '⻉贝⻋车⻌辶⻐钅⻑長⻒镸⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻮齿⻯竜⻰龙⻱龜⻲亀⼾户'

const CHARACTERS = new Map<string, string>()
for (let at = 0; at < PAIRS.length; at += 2) CHARACTERS.set(PAIRS[at]!, PAIRS[at + 1]!)

export function withoutRadicals(text: string): string {
  return text.replace(/[\u2e80-\u2fdf\uf900-\ufaff]/g, (sign) => CHARACTERS.get(sign) ?? sign.normalize('NFKC'))
}
