// What a capable developer writes in an afternoon: node:http, a Map of states. Not durable.
// HMAC=1 also checks the signature.

import crypto from 'node:crypto';
import {messagesOf, secret, sendText, serve} from './common.mjs';
import {step} from './flow.mjs';

const states = new Map();
const seen = new Set();
const checked = process.env.HMAC === '1';

function isSigned(raw, header) {
    const wanted = Buffer.from(
        'sha256=' + crypto.createHmac('sha256', secret).update(raw).digest('hex'));
    const got = Buffer.from(header ?? '');
    return got.length === wanted.length && crypto.timingSafeEqual(got, wanted);
}

serve((raw, headers) => {
    if (checked && !isSigned(raw, headers['x-hub-signature-256'])) return 401;
    for (const message of messagesOf(JSON.parse(raw))) {
        if (seen.has(message.id)) continue;
        seen.add(message.id);
        const [next, reply] = step(states.get(message.from), message.text);
        states.set(message.from, next);
        sendText(message.from, reply).catch(console.error);
    }
    return 200;
});
