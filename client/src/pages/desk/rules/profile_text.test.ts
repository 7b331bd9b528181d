import { expect, test } from 'vitest'
import type { Profile } from '../../../protocol/generated'
import { deskRules as en } from '../../../words/en/desk_rules'
import { deskRules as zh } from '../../../words/zh-CN/desk_rules'
import { sections, settingLines, settingTitle } from './profile_text'
import { sourced, unconfirmed } from './settings'
import { grouped, satisfaction, scored } from './testing'

const lines = (profile: Profile, path: string) => sections(profile, zh.text).find((section) => section.path === path)?.lines

test('a rule is read out with the meaning of 过半数 and 以上', () => {
  expect(lines(satisfaction(), 'rules')).toEqual(['满意票超过应到人数的半数 → 满意', '不满意票超过应到人数的半数 → 不满意', '其余情况 → 基本满意'])
  expect(lines(satisfaction(), 'quorum')).toEqual(['实到人数超过应到人数的半数，方可测评'])
  expect(lines(grouped(), 'rules')).toEqual([
    '组成人员的满意票达到或超过收回票数的三分之二，并且满意、基本满意票合计超过有效票数的80% → 满意',
    '以上都不成立 → 未形成等次，提请主任会议研究',
  ])
  expect(lines(scored(), 'rules')?.[0]).toBe('“办理结果”一项的平均得分达到或超过 85 分 → 满意')
})

test('groups say their weight and when their votes stay hidden', () => {
  expect(lines(grouped(), 'groups')).toEqual(['组成人员；权重 60；收回不足 5 张时，不单独公布本组结果', '人大代表（单独统计，不计入等次）'])
})

test('an assumed part is named down to its place', () => {
  expect(settingTitle(grouped(), 'groups[0].weight', zh.text)).toBe('谁参加测评 › 组成人员 › 权重')
  expect(settingLines(grouped(), 'groups[0].weight', zh.text)).toEqual(['60'])
  expect(settingTitle(grouped(), 'rules[0].when[1].op', zh.text)).toBe('等次怎样定 › 第 1 条 › 条件 › 第 2 条 › 比较方式')
  expect(settingLines(grouped(), 'rules[0].when[1].op', zh.text)).toEqual(['满意、基本满意票合计超过有效票数的80% → 满意'])
  expect(settingLines(satisfaction(), 'default_grade', zh.text)).toEqual(['其余情况 → 基本满意'])
  expect(settingLines(satisfaction(), 'percent.decimals', zh.text)).toEqual(['2'])
})

test('no setting of a profile is read out as code', () => {
  for (const profile of [satisfaction(), grouped(), scored()]) {
    for (const section of sections(profile, zh.text)) {
      expect(section.title).not.toMatch(/[a-z]/)
      for (const line of section.lines) expect(line).not.toMatch(/[a-z_]{3}|undefined/)
    }
    for (const section of sections(profile, en.text)) expect(section.title).not.toBe(section.path)
  }
})

test('an open part leaves the whole setting open, a confirmed whole covers its parts', () => {
  const profile = { ...grouped(), known: ['secrecy'], assumed: ['groups[0].weight', 'blank'] }
  expect(sourced(profile, [], 'groups')).toBe('open')
  expect(sourced(profile, ['groups[0].weight'], 'groups')).toBe('confirmed')
  expect(sourced(profile, [], 'secrecy')).toBe('known')
  expect(sourced(profile, [], 'tally')).toBe('usual')
  expect(unconfirmed(profile, ['groups'])).toEqual(['blank'])
  expect(unconfirmed(profile, ['group'])).toEqual(['groups[0].weight', 'blank'])
})
