import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../fixtures/test'

/** Packages as they are in the world; `make test` installs them. */
const FOLDER = '/usr/share/nupkg'
const PACKAGES = [
  { id: 'Newtonsoft.Json', version: '6.0.8' },
  { id: 'NUnit', version: '2.6.4' },
]

async function bytesOf(url: string, id: string, version: string): Promise<Buffer> {
  const lower = id.toLowerCase()
  const answer = await fetch(`${url}/v3/package/${lower}/${version}/${lower}.${version}.nupkg`)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

test('real packages go in through the upload page and come out with the same bytes', async ({ ownServer, unique }) => {
  const anna = await ownServer.person(unique('anna'))
  await anna.open('/packages/manage/upload')
  const files = PACKAGES.map(({ id, version }) => join(FOLDER, `${id}.${version}.nupkg`))
  await anna.page.getByLabel('Choose .nupkg files').setInputFiles(files)
  for (const { id, version } of PACKAGES) {
    const draft = anna.page.getByRole('region', { name: `${id} ${version}` })
    await draft.getByRole('button', { name: 'Publish' }).click()
    await expect(draft).toContainText('Published')
    const original = await readFile(join(FOLDER, `${id}.${version}.nupkg`))
    expect((await bytesOf(ownServer.server.url, id, version)).equals(original)).toBe(true)
  }
})

test('real packages go in by import and come out with the same bytes', async ({ ownServer, unique }) => {
  const anna = await ownServer.person(unique('anna'))
  const printed = await ownServer.server.command('import', FOLDER, '--owner', anna.name)
  expect(printed.trimEnd().split('\n').at(-1)).toBe('published 2, skipped 0, failed 0')
  for (const { id, version } of PACKAGES) {
    const original = await readFile(join(FOLDER, `${id}.${version}.nupkg`))
    expect((await bytesOf(ownServer.server.url, id, version)).equals(original)).toBe(true)
    await anna.open(`/packages/${id}`)
    await expect(anna.page.getByRole('heading', { level: 1 })).toHaveText(id)
  }
  expect(await ownServer.server.command('import', FOLDER, '--owner', anna.name, '--skip-duplicates')).toContain('published 0, skipped 2, failed 0')
})
