import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

/** Presses Tab until the thing with the focus reads like `name`. */
export const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  const seen: string[] = []
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    const text = String(
      await page.evaluate(
        '(() => { const it = document.activeElement; return (it.labels?.[0]?.textContent ?? it.textContent ?? "").trim() })()',
      ),
    )
    if (name.test(text)) return
    seen.push(text.slice(0, 40))
  }
  assert.fail(`Tab never came to ${name.source}; it came to ${seen.join(' | ')}`)
}
