// What every peer needs of the world: where it listens, and the provider it answers through.

import http from 'node:http';

export const port = Number(process.env.PORT ?? 3000);
export const sinkPort = Number(process.env.SINK_PORT ?? 9900);
export const secret = process.env.APP_SECRET ?? 'test_app_secret';
export const phoneNumberId = '106540352242922';

const agent = new http.Agent({keepAlive: true, maxSockets: 32});

// Posts one text message as the Cloud API takes it; resolves with its answer.
export function sendText(to, text) {
    const body = JSON.stringify({
        messaging_product: 'whatsapp', recipient_type: 'individual', to, type: 'text', text: {body: text},
    });
    return new Promise((resolve, reject) => {
        const request = http.request({
            agent, host: '127.0.0.1', port: sinkPort, method: 'POST',
            path: `/v25.0/${phoneNumberId}/messages`,
            headers: {
                authorization: 'Bearer test', 'content-type': 'application/json',
                'content-length': Buffer.byteLength(body),
            },
        }, (response) => {
            const parts = [];
            response.on('data', (part) => parts.push(part));
            response.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString())));
        });
        request.on('error', reject);
        request.end(body);
    });
}

// The messages of one webhook body: {id, from, text}.
export function* messagesOf(body) {
    for (const entry of body.entry ?? []) {
        for (const change of entry.changes ?? []) {
            for (const message of change.value?.messages ?? []) {
                if (message.type === 'text') {
                    yield {id: message.id, from: message.from, text: message.text.body};
                }
            }
        }
    }
}

// Serves POST webhooks: `take(raw body, headers)` decides; its result is the status.
export function serve(take) {
    const server = http.createServer((request, response) => {
        if (request.method !== 'POST') {
            response.end('ok');
            return;
        }
        const parts = [];
        request.on('data', (part) => parts.push(part));
        request.on('end', async () => {
            let status = 200;
            try {
                status = await take(Buffer.concat(parts), request.headers);
            } catch (error) {
                console.error(error);
                status = 500;
            }
            response.writeHead(status, {'content-length': 0});
            response.end();
        });
    });
    server.keepAliveTimeout = 60_000;
    server.listen(port, '127.0.0.1', () => console.log('ready'));
}
