/** A profile as people read it: its settings one by one, each in sentences. */
import type { Comparison, Fraction, GradeRule, Profile, Quantity } from '../../../protocol/generated'
import type { deskRules } from '../../../words/zh-CN/desk_rules'
import { steps, valueAt } from './settings'

export type RuleWords = (typeof deskRules)['text']

/** One setting: its path, its name, and what it says. */
export interface Section {
  path: string
  title: string
  lines: string[]
}

export function fractionText(fraction: Fraction, words: RuleWords): string {
  return words.fraction(fraction.num, fraction.den)
}

/** “满意票”, or the mean score, of a group or an item where it names one. */
export function quantityText(profile: Profile, quantity: Quantity, words: RuleWords): string {
  const labelled = (list: readonly { key: string; label: string }[], key: string) => list.find((one) => one.key === key)?.label ?? key
  let text = quantity.measure === 'score' ? words.score : words.votes(quantity.options.map((key) => labelled(profile.options, key)))
  if (quantity.dimension !== undefined) text = words.inItem(labelled(profile.dimensions, quantity.dimension), text)
  return quantity.group === undefined ? text : words.inGroup(labelled(profile.groups, quantity.group), text)
}

export function comparisonText(profile: Profile, comparison: Comparison, words: RuleWords): string {
  const what = quantityText(profile, comparison, words)
  const share = fractionText(comparison.fraction, words)
  return comparison.measure === 'score' ? words.compareScore(what, comparison.op, share) : words.compareVotes(what, comparison.op, share, comparison.of)
}

export function ruleText(profile: Profile, rule: GradeRule, words: RuleWords): string {
  const conditions = rule.when.map((one) => comparisonText(profile, one, words))
  return words.gives(rule.match === 'all' ? words.and(conditions) : words.or(conditions), gradeLabel(profile, rule.grade))
}

export function gradeLabel(profile: Profile, key: string): string {
  return profile.grades.find((grade) => grade.key === key)?.label ?? key
}

/** Every setting that matters to a reader, in the order of a sitting. */
export function sections(profile: Profile, words: RuleWords): Section[] {
  const all: [path: string, lines: string[]][] = [
    ['groups', groups(profile, words)],
    ['combine', profile.groups.length > 1 ? [words.values['combine']![profile.combine]!] : []],
    ['roster', [profile.roster.base === 'quota' ? words.rosterQuota(profile.roster.number ?? 0) : words.rosterInOffice]],
    ['quorum', [words.quorum(profile.quorum.op, fractionText(profile.quorum.fraction, words))]],
    ['secrecy', [words.secrecy[profile.secrecy]]],
    ['options', [words.join(profile.options.map((one) => words.option(one.label, one.kind, one.score)))]],
    ['criteria', profile.criteria],
    ['dimensions', profile.dimensions.length > 0 ? [words.join(profile.dimensions.map((one) => words.item(one.label, one.weight, weighted(profile))))] : []],
    ['aggregate', profile.dimensions.length > 1 ? [words.values['aggregate']![profile.aggregate]!] : []],
    ['change', [words.values['change']![profile.change]!]],
    ['blank', [words.values['blank']![profile.blank]!]],
    ['valid_kinds', [words.valid(profile.options.filter((one) => profile.valid_kinds.includes(one.kind)).map((one) => one.label))]],
    ['rules', [...profile.rules.map((rule) => ruleText(profile, rule, words)), otherwise(profile, words)]],
    ['ranking', ranking(profile, words)],
    ['percent', [words.percentOf(profile.percent.of), words.decimals(profile.percent.decimals, profile.percent.trim_zeros), words.values['omit_zero']![profile.percent.omit_zero]!]],
    ['publication', publication(profile, words)],
    ['tally', [words.values['tally']![profile.tally]!]],
    ['names', profile.secrecy === 'named' ? [words.values['names']![profile.names]!] : []],
    ['scrutiny', [words.values['scrutiny']![profile.scrutiny]!]],
    ['surplus', [words.values['surplus']![profile.surplus]!]],
    ['revote', [words.revote(profile.revote.reasons.map((reason) => words.values['reasons']![reason]!), profile.revote.rounds_max)]],
    ['consequences', profile.consequences.map((one) => words.consequence(gradeLabel(profile, one.grade), one.kind, one.text))],
    ['deadlines', profile.deadlines.map((one) => words.deadline(one.item, one.anchor, one.direction, one.amount, one.unit, one.roll))],
    ['wording', [profile.wording.announcement.replace(/\{(\w+)\}/g, (_, name: string) => words.place(words.places[name] ?? name))]],
  ]
  return all.filter(([, lines]) => lines.length > 0).map(([path, lines]) => ({ path, title: words.setting[path] ?? path, lines }))
}

/** What a setting is called, down to its part: 谁参加测评 › 组成人员 › 权重. */
export function settingTitle(profile: Profile | undefined, path: string, words: RuleWords): string {
  let soFar = ''
  const names = steps(path).map((step) => {
    soFar += typeof step === 'number' ? `[${step}]` : soFar === '' ? step : `.${step}`
    if (typeof step === 'string') return words.setting[step] ?? step
    const value = profile && (valueAt(profile, soFar) as { label?: string } | undefined)
    return value?.label ?? words.nth(step + 1)
  })
  return words.path(names)
}

/** What the setting at a path says. */
export function settingLines(profile: Profile, path: string, words: RuleWords): string[] {
  const whole = sections(profile, words).find((section) => section.path === path)
  if (whole) return whole.lines
  const [root, place, , condition] = steps(path)
  const value = valueAt(profile, path)
  if (path === 'default_grade') return [otherwise(profile, words)]
  if (path === 'grades') return [words.join(profile.grades.map((one) => one.label))]
  if (root === 'rules' && typeof place === 'number') {
    const rule = profile.rules[place]
    const one = typeof condition === 'number' ? rule?.when[condition] : undefined
    if (one && rule) return [words.gives(comparisonText(profile, one, words), gradeLabel(profile, rule.grade))]
    if (rule) return [ruleText(profile, rule, words)]
  }
  if (root === 'ranking' && profile.ranking) return ranking(profile, words)
  return [plain(value, lastName(path), words)]
}

function lastName(path: string): string {
  const names = steps(path).filter((step) => typeof step === 'string')
  return names[names.length - 1] ?? path
}

function plain(value: unknown, name: string, words: RuleWords): string {
  if (value === undefined || value === null) return words.none
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'string') return words.values[name]?.[value] ?? value
  if (Array.isArray(value)) return words.join(value.map((one) => plain(one, name, words)))
  if (typeof value === 'object' && 'den' in value) return fractionText(value as Fraction, words)
  if (typeof value === 'object') {
    const named = Object.entries(value).map(([key, one]) => `${words.setting[key] ?? key} ${plain(one, key, words)}`)
    return 'label' in value ? String(value.label) : words.join(named)
  }
  return String(value)
}

function groups(profile: Profile, words: RuleWords): string[] {
  const several = profile.groups.length > 1
  return profile.groups.map((one) => {
    const more = [
      several && one.counted && profile.combine === 'weighted_shares' ? words.groupWeight(one.weight) : '',
      several && one.shown_from > 0 ? words.groupShownFrom(one.shown_from) : '',
    ]
    return words.also([words.group(one.label, one.counted), ...more].filter(Boolean))
  })
}

function weighted(profile: Profile): boolean {
  return profile.aggregate === 'weighted_mean' && new Set(profile.dimensions.map((one) => one.weight)).size > 1
}

function otherwise(profile: Profile, words: RuleWords): string {
  return profile.default_grade === undefined ? words.otherwiseNone(profile.no_grade) : words.otherwise(gradeLabel(profile, profile.default_grade))
}

function ranking(profile: Profile, words: RuleWords): string[] {
  if (!profile.ranking) return []
  const by = profile.ranking.by.map((one) => quantityText(profile, one, words))
  return [words.rankBy(by), words.values['ties']![profile.ranking.ties]!]
}

function publication(profile: Profile, words: RuleWords): string[] {
  const { detail, when, until } = profile.publication
  return [words.detail[detail], words.when[when], ...(until === undefined ? [] : [words.until(until)])]
}
