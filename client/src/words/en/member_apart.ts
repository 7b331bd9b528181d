import type { memberApart as zh } from '../zh-CN/member_apart'

export const memberApart: typeof zh = {
  recused: { title: 'You are recused', text: 'You take no part in this ballot; please wait for the result', after: 'You were recused from this ballot' },
  paper: { title: 'You vote on paper', text: 'Mark your paper and put it into the box; this phone takes no vote', after: 'You voted on paper; two people count it' },
  booth: { title: 'You vote at the tablet', text: 'Scan your seat card at the hall’s tablet; this phone takes no vote', after: 'You voted at the tablet, so this phone cannot check; anybody can check the whole box on the public page' },
  too_old: {
    title: 'This phone cannot vote in secret',
    text: 'The phone or its browser is too old. Tell the staff: you can vote at the hall’s tablet or on paper',
    after: 'This phone took no part in the secret ballot',
  },
  row: { recused: 'Recused', paper: 'On paper', booth: 'At the tablet', too_old: 'Phone too old' },
}
