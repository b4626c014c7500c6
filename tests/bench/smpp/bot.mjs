// The same five states on npm smpp's own client: what a capable developer writes in an afternoon. It
// keeps nothing.
//   PORT=… node bot.mjs SMSC-PORT WINDOW           answers people; says it is ready by HTTP on PORT
//   node bot.mjs SMSC-PORT WINDOW COUNT            submits COUNT messages and ends

import http from 'node:http';
import {createRequire} from 'node:module';
import {step} from '../peers/flow.mjs';

const smpp = createRequire(new URL('../../peers/', import.meta.url))('smpp');
const [smsc, window, count] = process.argv.slice(2).map(Number);
const waiting = [];
let outstanding = 0;
let submitted = 0;

function pump() {
    while (waiting.length > 0 && outstanding < window) {
        const [to, text] = waiting.shift();
        ++outstanding;
        ++submitted;
        session.submit_sm({
            source_addr_ton: 3, source_addr: '4040', dest_addr_ton: 1, dest_addr_npi: 1,
            destination_addr: to, data_coding: 0, short_message: text,
        }, () => {
            --outstanding;
            if (count && submitted === count && outstanding === 0) process.exit(0);
            if (count && submitted + waiting.length < count) offer();
            pump();
        });
    }
}
const offer = () => waiting.push(['50230000001', 'Debe en total: Q3,438.60. Le quedan 11 cuotas.']);

const states = new Map();
const session = smpp.connect({host: '127.0.0.1', port: smsc});
session.on('connect', () => session.socket.setNoDelay(true));
session.on('error', () => process.exit(0));
session.on('close', () => process.exit(0));
session.on('deliver_sm', (pdu) => {
    session.send(pdu.response());
    const from = pdu.source_addr;
    const [next, reply] = step(states.get(from), pdu.short_message.message);
    states.set(from, next);
    waiting.push([from, reply]);
    pump();
});
session.bind_transceiver({system_id: 'gwtest', password: 'secret1'}, () => {
    for (let i = 0; i < Math.min(2 * window, count || 0); ++i) offer();
    pump();
});
if (!count) http.createServer((_, answer) => answer.end('ready\n')).listen(Number(process.env.PORT));
