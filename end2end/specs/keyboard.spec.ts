import type { Locator, Page } from '@playwright/test'
import { upload } from '../fixtures/package'
import { expect, test } from '../fixtures/test'

/** Presses Tab until the control has the focus, as a person without a mouse does. */
async function reach(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible()
  for (let presses = 0; presses < 80; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('the control cannot be reached by keyboard')
}

test('the main job by keyboard alone', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('keys')
  const { page } = anna

  await test.step('add an organization', async () => {
    await anna.open('/')
    await reach(page, page.getByRole('button', { name: 'Account menu' }))
    await page.keyboard.press('Enter')
    await reach(page, page.getByRole('link', { name: 'Manage organizations' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Manage organizations')
    await reach(page, page.getByRole('main').getByRole('link', { name: 'Add new organization' }).first())
    await page.keyboard.press('Enter')
    await reach(page, page.getByRole('textbox', { name: 'Organization name' }))
    await page.keyboard.type(team)
    await page.keyboard.press('Tab')
    await page.keyboard.type(`${team}@example.com`)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(team)
    await anna.open((await server.mail(`${team}@example.com`, 'organization-confirm')).link)
    await reach(page, page.getByRole('button', { name: 'Confirm' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('status')).toContainText('confirmed')
  })

  await test.step('invite, and close the dialog with Escape', async () => {
    await anna.open(`/organization/${team}/members`)
    await reach(page, page.getByRole('textbox', { name: 'User name or email address' }))
    await page.keyboard.type(ben.name)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('table', { name: 'Members' }).getByRole('row', { name: ben.name })).toContainText('Pending')
    await reach(page, page.getByRole('button', { name: 'Leave organization' }))
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(page.getByRole('button', { name: 'Leave organization' })).toBeFocused()
  })

  await test.step('upload and publish', async () => {
    const id = `Keyboard.${unique('x').replaceAll('-', '.')}`
    await anna.open('/packages/manage/upload')
    await reach(page, page.getByLabel('Choose .nupkg files'))
    await page.getByLabel('Choose .nupkg files').setInputFiles(upload({ id, version: '1.0.0' }))
    const draft = page.getByRole('region', { name: `${id} 1.0.0` })
    await reach(page, draft.getByRole('combobox', { name: 'Owner' }))
    await page.keyboard.type(team)
    await reach(page, draft.getByRole('button', { name: 'Publish' }))
    await page.keyboard.press('Enter')
    await expect(draft).toContainText('Published')
  })
})

test('the first Tab offers to skip to the content', async ({ visitor }) => {
  const guest = await visitor()
  await guest.open('/packages')
  await guest.page.keyboard.press('Tab')
  await expect(guest.page.getByRole('link', { name: /skip/i })).toBeFocused()
  await guest.page.keyboard.press('Enter')
  await guest.page.keyboard.press('Tab')
  expect(await guest.page.evaluate(() => document.querySelector('main')?.contains(document.activeElement))).toBe(true)
})
