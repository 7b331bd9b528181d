/** Light or dark by the page's own decision: dark suits LED walls, whatever the device prefers. */
export type Theme = 'light' | 'dark'

export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
}
