import { PostOffice } from '../fixtures/post-office'
import { expect, test as base } from '../fixtures/test'

const test = base.extend<{ office: PostOffice }>({
  office: async ({}, use) => {
    const office = await PostOffice.start()
    await use(office)
    await office.stop()
  },
  environment: async ({ office }, use) => {
    await use({ GUILDHALL_SMTP_URL: office.url })
  },
})

test('a mail server that is down delays mails, and loses none', async ({ ownServer, office, unique }) => {
  test.setTimeout(120_000)
  const anna = await ownServer.person(unique('anna'))
  const { page } = anna
  const team = unique('team')
  const address = `${team}@teams.example.com`
  await anna.open('/organization/add')
  await page.getByRole('textbox', { name: 'Organization name' }).fill(team)
  await page.getByRole('textbox', { name: 'Organization email address' }).fill(address)
  await page.getByRole('button', { name: 'Add organization' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(team)
  await anna.open((await office.mail(address, 'organization-confirm')).link)
  await page.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('status')).toContainText('confirmed')

  await office.stop()
  const guests = ['one', 'two', 'three'].map((stem) => `${unique(stem)}@guests.example.com`)
  await anna.open(`/organization/${team}/members`)
  for (const guest of guests) {
    await page.getByRole('textbox', { name: 'User name or email address' }).fill(guest)
    await page.getByRole('button', { name: 'Invite' }).click()
    // Whoever invites notices nothing of it.
    await expect(page.getByRole('row').filter({ hasText: guest })).toContainText('Pending')
  }
  await expect.poll(() => ownServer.server.output(), { message: 'the mails were tried' }).toContain('job put off')
  for (const guest of guests) expect(office.mails(guest)).toEqual([])

  office.refusals = 2
  await office.start()
  for (const guest of guests) expect((await office.mail(guest, 'invitation')).raw).toContain(team)
  expect(office.refusals, 'two of them were put off by the server itself').toBe(0)
  for (const guest of guests) expect(office.mails(guest), 'each came once').toHaveLength(1)
})
