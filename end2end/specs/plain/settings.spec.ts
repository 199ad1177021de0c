import { picture } from '../../fixtures/picture'
import { expect, test } from '../../fixtures/test'

test('without script: address, profile, logo, policies and name of an organization', async ({ person, server, unique }) => {
  const anna = await person(unique('anna'))
  const { page } = anna
  const [team, now] = [unique('plain'), unique('renamed')]
  await anna.addOrganization(team)
  await anna.open(`/organization/${team}/settings`)
  const says = (text: string | RegExp) => expect(page.getByRole('status')).toContainText(text)

  const email = page.getByRole('textbox', { name: 'Email address' })
  await email.fill('secret')
  await page.getByRole('button', { name: 'Change email address' }).click()
  await expect(email).toHaveValue('secret')
  await expect(email).toHaveAccessibleDescription(/does not look like an email address/)
  expect(page.url()).not.toContain('secret')
  const address = `${unique('team')}@new.example`
  await email.fill(address)
  await page.getByRole('button', { name: 'Change email address' }).click()
  await says(address)
  await server.mail(address, 'email-confirm')
  await page.getByRole('button', { name: 'Cancel address change' }).click()
  await says('cancelled')

  await page.getByRole('textbox', { name: 'Description' }).fill('a'.repeat(501))
  await page.getByRole('button', { name: 'Save profile' }).click()
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('a'.repeat(501))
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveAccessibleDescription(/at most 500 characters/)
  await page.getByRole('textbox', { name: 'Description' }).fill('One <b>\n& two')
  await page.getByRole('button', { name: 'Save profile' }).click()
  await says('The profile is saved.')
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('One <b>\n& two')

  const logo = page.getByLabel('Logo', { exact: true })
  await page.getByRole('button', { name: 'Save logo' }).click()
  await expect(logo).toHaveAccessibleDescription(/Choose a picture/)
  await logo.setInputFiles(picture)
  await page.getByRole('button', { name: 'Save logo' }).click()
  await says('The logo is saved.')
  await page.getByRole('button', { name: 'Remove logo' }).click()
  await says('The logo is removed.')

  await page.getByRole('checkbox', { name: 'Only organization keys or trusted publishing' }).check()
  await page.getByRole('checkbox', { name: 'Members must use a second factor' }).check()
  await page.getByRole('button', { name: 'Save policies' }).click()
  const factor = page.getByRole('checkbox', { name: 'Members must use a second factor' })
  await expect(factor).toHaveAccessibleDescription(/You do not meet this policy/)
  await factor.uncheck()
  await page.getByRole('button', { name: 'Save policies' }).click()
  await says('The policies are saved.')
  await expect(page.getByRole('checkbox', { name: 'Only organization keys or trusted publishing' })).toBeChecked()

  await page.getByRole('textbox', { name: 'New organization name' }).fill(now)
  await page.getByRole('button', { name: 'Rename organization' }).click()
  await page.getByRole('dialog').getByRole('button', { name: `Rename ${team}` }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Settings of ${now}`)
  await says(now)
})
