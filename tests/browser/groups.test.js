// A group chat on the desk: three phones in one native group, made by the operator, joined by the
// link; what one writes the others see, and ours comes once with every member's state.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

import { root, startGateway } from './gateway.js';

const reports = join(root, 'build/reports');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let gateway;
let browser;

before(async () => {
    mkdirSync(reports, { recursive: true });
    gateway = await startGateway();
    browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: [
            '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
            '--disable-background-networking', '--disable-component-update', '--disable-sync',
        ],
    });
});

after(async () => {
    await browser?.close();
    await gateway?.stop();
});

// The operator's calls: the gateway makes them at Meta's stand-in.
async function operates(method, path, body) {
    const answer = await fetch(`${gateway.admin}/api/v1/channels/whatsapp/groups${path}`, {
        method,
        headers: body ? { 'Content-Type': 'application/json' } : {},
        body: body && JSON.stringify(body),
    });
    const said = await answer.json();
    assert.ok(answer.ok, JSON.stringify(said));
    return said;
}

// What webhooks have told, once `fits` finds something in it.
async function known(fits) {
    for (const until = Date.now() + 15_000; ;) {
        const { groups } = await operates('GET', '?known');
        const found = fits(groups);
        if (found) return found;
        assert.ok(Date.now() < until, JSON.stringify(groups));
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
}

const made = async (subject, joining) => {
    await operates('POST', '', { subject, joining });
    return known((groups) => groups.find((each) => each.subject === subject));
};

// Ours goes straight to the Graph stand-in: dialogs never write in a group.
async function businessSays(group, text) {
    const config = readFileSync(gateway.config, 'utf8');
    const [, number] = config.match(/phone_number_id:\s*"?(\d+)/);
    const [, token] = config.match(/access_token:\s*"?([\w.-]+)/);
    const answer = await fetch(`${gateway.url}/simulator/graph/v25.0/${number}/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify({
            messaging_product: 'whatsapp', recipient_type: 'group', to: group.id,
            type: 'text', text: { body: text },
        }),
    });
    assert.equal(answer.status, 200, await answer.text());
}

async function openDesk(width, height) {
    const page = await browser.newPage({ viewport: { width, height }, locale: 'es' });
    await page.goto(`${gateway.url}/simulator/`);
    return page;
}

const reads = (page, text) => page.locator('#log', { hasText: text }).waitFor({ timeout: 15_000 });
const phoneOf = (page, name) => page.locator('#members button', { hasText: name });

async function writes(page, text) {
    await page.locator('#text').fill(text);
    await page.locator('#composer button[type=submit]').click();
}

async function joins(page, name) {
    await page.locator('#members .join').click();
    await page.locator('#sheet-body button', { hasText: name }).first().click();
    await phoneOf(page, name).waitFor();
}

async function fitsAndIsAccessible(page) {
    const wrong = await page.evaluate(() => {
        const found = [];
        if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page scrolls sideways');
        for (const element of document.querySelectorAll('#log *, #groups *, .bar *, #sheet *')) {
            const box = element.getBoundingClientRect();
            if (box.width > 0 && (box.left < -1 || box.right > window.innerWidth + 1)) {
                found.push(`${element.tagName}.${element.className} sticks out`);
            }
        }
        return found;
    });
    assert.deepEqual(wrong, []);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
        globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }));
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

for (const [size, width, height] of [['desktop', 1280, 800], ['phone', 360, 740]]) {
    test(`several phones talk in one group at ${size} width`, async () => {
        const group = await made(`Comité de crédito, ${size}`, 'by_link');
        const page = await openDesk(width, height);
        await page.locator('#groups button', { hasText: group.subject }).click();
        await page.locator('#sheet-body button', { hasText: 'Rosa' }).first().click();
        await reads(page, 'entró al grupo');
        await joins(page, 'Elena');
        await joins(page, 'Marta');

        await phoneOf(page, 'Rosa').click();
        await writes(page, 'Buenos días, presente');
        await page.locator('.line.mine', { hasText: 'presente' }).waitFor();
        await phoneOf(page, 'Elena').click();
        await page.locator('.line:not(.mine)', { hasText: 'presente' }).waitFor();
        assert.match(await page.locator('.line', { hasText: 'presente' }).innerText(), /^Rosa/);

        await businessSays(group, 'La reunión empieza a las nueve.');
        await reads(page, 'a las nueve');
        assert.equal(await page.locator('#log .line', { hasText: 'a las nueve' }).count(), 1);
        // Elena has the chat open; the others' phones have it and nobody looked.
        await page.locator('.receipts [data-status=read]', { hasText: 'Elena' }).waitFor();
        await page.locator('.receipts [data-status=delivered]', { hasText: 'Rosa' }).waitFor();
        await phoneOf(page, 'Marta').click();
        await page.locator('.receipts [data-status=read]', { hasText: 'Marta' }).waitFor();
        await fitsAndIsAccessible(page);
        await page.screenshot({ path: join(reports, `group-${size}.png`) });

        await page.locator('#group-info').click();
        await fitsAndIsAccessible(page);
        await page.screenshot({ path: join(reports, `group-info-${size}.png`) });
        await page.locator('#sheet-body button', { hasText: 'sale del grupo' }).click();
        await reads(page, 'salió del grupo');
        await page.locator('#text:disabled').waitFor();
        const told = await known((groups) => groups.find((each) => each.id === group.id
            && each.members.some((one) => one.state === 'left')));
        assert.equal(told.members_count, 2);
        await page.close();
    });
}

test('who asks to be in a group waits until the operator lets her in', async () => {
    const group = await made('Mesa directiva', 'on_approval');
    const page = await openDesk(360, 740);
    await page.locator('#groups button', { hasText: 'Mesa directiva' }).click();
    await page.locator('#sheet-body button', { hasText: 'Julia' }).first().click();
    await page.locator('#toast', { hasText: 'Falta que la acepten' }).waitFor();
    const asks = await known((groups) => groups.find((each) => each.id === group.id)
        ?.members.find((one) => one.state === 'asks'));
    await operates('POST', `/${encodeURIComponent(group.id)}/join-requests`,
        { answer: 'approve', ids: [asks.join_request_id] });
    await page.locator('#groups button', { hasText: 'Julia' }).click();
    await reads(page, 'entró al grupo');
    await operates('POST', `/${encodeURIComponent(group.id)}/remove`, { people: asks.who.slice(0, 1) });
    await reads(page, 'La institución sacó a Julia');
    await page.locator('#text:disabled').waitFor();
    await page.close();
});

test('a person takes a link from her own phone', async () => {
    const group = await made('Ahorro', 'by_link');
    const page = await openDesk(360, 740);
    await page.locator('#people button', { hasText: 'Ana' }).first().click();
    await page.locator('#attach').click();
    await page.locator('#sheet-body button', { hasText: 'Entrar al grupo' }).click();
    await page.locator('#sheet-body button', { hasText: 'Ahorro' }).click();
    await page.locator('#chat-title', { hasText: 'Ahorro' }).waitFor();
    await phoneOf(page, 'Ana').waitFor();
    await operates('DELETE', `/${encodeURIComponent(group.id)}`);
    await reads(page, 'cerró el grupo');
    await page.close();
});
