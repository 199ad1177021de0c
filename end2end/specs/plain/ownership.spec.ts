import { upload } from '../../fixtures/package'
import { expect, test, type User } from '../../fixtures/test'

async function publish(user: User, id: string, owner: string): Promise<void> {
  await user.open('/packages/manage/upload')
  await user.page.getByLabel('Choose .nupkg files').setInputFiles(upload({ id, version: '1.0.0' }))
  await user.page.getByRole('button', { name: 'Upload', exact: true }).click()
  const draft = user.page.getByRole('region', { name: `${id} 1.0.0` })
  await draft.getByRole('combobox', { name: 'Owner' }).selectOption(owner)
  await draft.getByRole('button', { name: 'Publish' }).click()
  await expect(user.page.getByText('Published').first()).toBeVisible()
}

test('without script: ask for an owner, accept, deprecate a version, move and unlist packages', async ({ person, unique }) => {
  const anna = await person(unique('anna'))
  const ben = await person(unique('ben'))
  const team = unique('plain')
  const other = unique('plain')
  await anna.addOrganization(team)
  await anna.addOrganization(other)
  const id = unique('Plain').replaceAll('-', '.')
  await publish(anna, id, team)

  await anna.open(`/packages/${id}/manage`)
  await anna.page.getByRole('textbox', { name: 'New owner' }).fill('nobody-of-this-name')
  await anna.page.getByRole('button', { name: 'Add owner' }).click()
  await expect(anna.page.getByRole('textbox', { name: 'New owner' })).toHaveValue('nobody-of-this-name')
  await expect(anna.page.getByRole('textbox', { name: 'New owner' })).toHaveAccessibleDescription(/no user or organization/)
  await anna.page.getByRole('textbox', { name: 'New owner' }).fill(ben.name)
  await anna.page.getByRole('button', { name: 'Add owner' }).click()
  await expect(anna.page.getByRole('list', { name: 'Owners' }).getByRole('listitem').filter({ hasText: ben.name })).toContainText('Asked')
  await ben.open('/account/packages')
  await ben.page.getByRole('button', { name: `Accept ownership of ${id} for ${ben.name}` }).click()
  await expect(ben.page.getByRole('table', { name: 'Packages' })).toContainText(id)

  await anna.open(`/packages/${id}/manage`)
  await anna.page.getByRole('button', { name: 'Deprecate 1.0.0' }).click()
  const panel = anna.page.getByRole('region', { name: 'Deprecate 1.0.0' })
  await panel.getByRole('checkbox', { name: 'Legacy' }).check()
  await panel.getByRole('button', { name: 'Save deprecation' }).click()
  await expect(anna.page.getByRole('button', { name: 'Undeprecate 1.0.0' })).toBeVisible()

  await anna.open(`/organization/${team}/packages`)
  await anna.page.getByRole('checkbox', { name: `Select ${id}` }).check()
  await anna.page.getByRole('button', { name: 'Unlist selected' }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Unlist packages' }).click()
  await expect(anna.page.getByRole('table', { name: 'Packages' })).toContainText('Unlisted')

  await anna.page.getByRole('checkbox', { name: `Select ${id}` }).check()
  await anna.page.getByRole('button', { name: 'Move to another owner' }).click()
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Move packages' }).click()
  // What was selected stays so, and the dialog stands open with what is wrong.
  await expect(anna.page.getByRole('checkbox', { name: `Select ${id}` })).toBeChecked()
  await anna.page.getByRole('dialog').getByRole('textbox', { name: 'New owner' }).fill(other)
  await anna.page.getByRole('dialog').getByRole('button', { name: 'Move packages' }).click()
  await expect(anna.page.getByText('No packages yet.')).toBeVisible()
  await anna.open(`/organization/${other}/packages`)
  await expect(anna.page.getByRole('table', { name: 'Packages' })).toContainText(id)
})
