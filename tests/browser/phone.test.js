// The phone on the desk, as a person meets it: a client asks what she owes, proves who she is and
// is told to the cent; nothing is cut off or overlaps, at desktop and at phone width.

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

async function openPhone(width, height) {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.goto(`${gateway.url}/simulator/`);
    return page;
}

async function becomes(page, name) {
    await page.locator('#people button', { hasText: name }).first().click();
    await page.locator('#chat-screen').waitFor({ state: 'visible' });
}

async function writes(page, text) {
    await page.locator('#text').fill(text);
    await page.locator('#composer button[type=submit]').click();
}

const reads = (page, text) => page.locator('#log', { hasText: text }).waitFor({ timeout: 15_000 });

// Nothing sticks out sideways, and no line of the chat lies over another.
async function nothingCutOff(page) {
    const wrong = await page.evaluate(() => {
        const found = [];
        if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page scrolls sideways');
        for (const element of document.querySelectorAll('#log *, #people *, .bar *')) {
            const box = element.getBoundingClientRect();
            if (box.width > 0 && (box.left < -1 || box.right > window.innerWidth + 1)) {
                found.push(`${element.tagName}.${element.className} sticks out`);
            }
        }
        const lines = [...document.querySelector('#log').children].map((line) => line.getBoundingClientRect());
        for (let i = 1; i < lines.length; i += 1) {
            if (lines[i].height > 0 && lines[i].top < lines[i - 1].bottom - 1) found.push(`line ${i} overlaps`);
        }
        return found;
    });
    assert.deepEqual(wrong, []);
}

async function accessible(page) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
        globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }));
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

for (const [size, width, height] of [['desktop', 1280, 800], ['phone', 360, 740]]) {
    test(`a client asks for her balance at ${size} width`, async () => {
        const page = await openPhone(width, height);
        await accessible(page);
        // Another person at each size: the conversation of one must not show in the other's.
        const [name, pin, amount] = size === 'desktop'
            ? ['Rosa', '482915', 'Q2,790.00'] : ['Elena', null, null];
        await becomes(page, name);
        await writes(page, 'seño buenas, kuanto me falta');
        await reads(page, 'PIN');
        assert.equal(await page.locator('#log', { hasText: 'Q2,790.00' }).count(), 0);
        const digits = pin ?? (await pinOf(name));
        await writes(page, digits);
        await reads(page, amount ?? 'Q');
        await nothingCutOff(page);
        await accessible(page);
        await page.screenshot({ path: join(reports, `phone-${size}.png`) });
        await page.close();
    });
}

async function pinOf(name) {
    const { people } = await (await fetch(`${gateway.url}/simulator/people`)).json();
    return people.find((person) => person.name.startsWith(name)).pin_hint.replace(/\D/g, '');
}

test('the conversation is held in English and in French too', async () => {
    for (const [name, question, said] of [
        ['James', "what's my balance?", 'PIN'],
        ['Awa', 'quel est mon solde ?', 'PIN'],
    ]) {
        const page = await openPhone(1280, 800);
        await becomes(page, name);
        await writes(page, question);
        await reads(page, said);
        await writes(page, await pinOf(name));
        await reads(page, /\d[.,]\d\d/);
        await page.close();
    }
});

test('a stranger is told nothing about anybody', async () => {
    const { people } = await (await fetch(`${gateway.url}/simulator/people`)).json();
    const stranger = people.find((person) => person.phone === '+50255500199');
    const page = await openPhone(1280, 800);
    await becomes(page, stranger.name);
    await writes(page, 'cuánto debo');
    await reads(page, 'Microfinanciera Las Ceibas');
    await page.waitForTimeout(1_000);
    assert.doesNotMatch(await page.locator('#log').innerText(), /Q\d|préstamo.*Q/);
    await page.close();
});

test('who asks whether it is a machine sees its face, as it was uploaded', async () => {
    const page = await openPhone(360, 740);
    await becomes(page, 'Ana');
    await writes(page, '¿eres un robot?');
    await reads(page, 'Soy una máquina');
    const picture = page.locator('#log img').last();
    await picture.waitFor();
    const [source, width] = await picture.evaluate(async (img) => {
        await img.decode();
        return [new URL(img.src).pathname, img.naturalWidth];
    });
    assert.match(source, /^\/simulator\/picture\/\d+$/);
    assert.equal(width, 240);
    const answer = await fetch(`${gateway.url}${source}`);
    assert.equal(answer.headers.get('content-type'), 'image/png');
    assert.equal((await fetch(`${gateway.url}/media/../tertulia.yaml`)).status, 404);
    await nothingCutOff(page);
    await accessible(page);
    await page.screenshot({ path: join(reports, 'phone-picture.png') });
    await page.close();
});

test('a button of the menu can be tapped', async () => {
    const page = await openPhone(360, 740);
    await becomes(page, 'Rosa');
    await writes(page, 'menú');
    // Until the list has arrived, the last button is an older question's.
    const opener = page.locator('#log button', { hasText: 'Ver opciones' }).last();
    await opener.waitFor();
    await opener.click();
    await page.locator('#sheet').waitFor({ state: 'visible' });
    await page.screenshot({ path: join(reports, 'phone-list.png') });
    await nothingCutOff(page);
    await page.close();
});

// The other channel of the telephone in her hand.
const bySms = (page) => page.locator('#channels button', { hasText: 'SMS' }).click();

for (const [size, width, height] of [['desktop', 1280, 800], ['phone', 360, 740]]) {
    test(`a client asks by SMS at ${size} width`, async () => {
        const page = await openPhone(width, height);
        const name = size === 'desktop' ? 'Marta' : 'Julia';
        await becomes(page, name);
        await bySms(page);
        await page.locator('#text').fill('cuánto debo');
        assert.match(await page.locator('#counter').innerText(), /^11 .* 70 · 1 SMS · UCS-2 .*á$/);
        await page.locator('#text').fill('menu');
        assert.match(await page.locator('#counter').innerText(), /^4 .* 160 · 1 SMS · GSM-7$/);
        await page.locator('#composer button[type=submit]').click();
        await reads(page, /^[\s\S]*1[.)] /);  // choices are numbered
        const parts = page.locator('.line:not(.mine) .parts').last();
        assert.match(await parts.innerText(), /^\d SMS · (GSM-7|UCS-2)/);
        await page.locator('.line:not(.mine) .ticks.delivered').last().waitFor();
        assert.equal(await page.locator('#log button').count(), 0);
        await nothingCutOff(page);
        await accessible(page);
        await page.screenshot({ path: join(reports, `phone-sms-${size}.png`) });
        await page.close();
    });
}

test('who writes on both channels is in one conversation', async () => {
    const page = await openPhone(360, 740);
    await becomes(page, 'Rosa');
    await writes(page, 'kuanto me falta');
    await reads(page, /PIN|Q2,790/);
    await bySms(page);
    if (await page.locator('#log', { hasText: 'Q2,790' }).count() === 0) await writes(page, '482915');
    await writes(page, 'cuanto debo');
    await reads(page, 'Q2,790.00');  // proven on one, known on the other
    await page.locator('#channels button', { hasText: 'WhatsApp' }).click();
    await reads(page, 'kuanto me falta');
    assert.equal(await page.locator('#log', { hasText: 'cuanto debo' }).count(), 0);
    await page.close();
});

test('an SMS that cannot be delivered says so, with the provider\'s number', async () => {
    const page = await openPhone(1280, 800);
    await becomes(page, 'Ana');
    await bySms(page);
    await page.locator('#error').selectOption('30003');
    await page.locator('#composer').click();
    await writes(page, 'menu');
    await page.locator('.line.failed', { hasText: '30003' }).waitFor();
    await accessible(page);
    await page.screenshot({ path: join(reports, 'phone-sms-failed.png') });
    await page.close();
});

test('the counter counts as the gateway does', async () => {
    const page = await openPhone(1280, 800);
    await becomes(page, 'Ana');
    await bySms(page);
    for (const text of ['a'.repeat(161), '€'.repeat(81), `${'a'.repeat(152)}€${'b'.repeat(20)}`,
        'á'.repeat(71), '👩‍👩‍👧‍👦'.repeat(9), 'n\u0303 y é']) {
        await page.locator('#text').fill(text);
        const counted = await page.locator('#counter').innerText();
        const before = await page.locator('.line.mine').count();
        await page.locator('#composer button[type=submit]').click();
        const shown = page.locator('.line.mine .parts').nth(before);
        const [, segments, alphabet] = (await shown.innerText()).match(/^(\d) SMS · (\S+)/);
        assert.match(counted, new RegExp(` ${segments} SMS · ${alphabet}`), text);
    }
    await page.close();
});

test('the page speaks French too, and every word of it', async () => {
    const page = await openPhone(1280, 800);
    await page.locator('#language').selectOption('fr');
    await page.locator('h1', { hasText: 'À qui' }).waitFor();
    const missing = await page.evaluate(() => Object.keys(words.es)
        .filter((key) => !(key in words.fr) || !(key in words.en)));
    assert.deepEqual(missing, []);
    await page.close();
});
