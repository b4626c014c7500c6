// BuilderBot with its Meta provider and its in-memory database, as its documentation shows it. Not
// durable. Only the address of graph.facebook.com is changed, at axios.
// UNTHROTTLED=1 also takes away the provider's queue of one message per 100 ms.

import {createRequire} from 'node:module';
import {addKeyword, createBot, createFlow, createProvider, MemoryDB} from '@builderbot/bot';
import {MetaProvider} from '@builderbot/provider-meta';
import {phoneNumberId, port, sinkPort} from './common.mjs';
import {flow} from './flow.mjs';

const require = createRequire(import.meta.url);
const fromProvider = createRequire(require.resolve('@builderbot/provider-meta'));
fromProvider('axios').interceptors.request.use((config) => {
    config.url = config.url.replace('https://graph.facebook.com', `http://127.0.0.1:${sinkPort}`);
    return config;
});

const keepAsking = (good) => async (ctx, {fallBack}) => {
    if (!good(ctx.body)) return fallBack();
};
const balance = addKeyword('hola')
    .addAnswer(flow.menu, {capture: true}, keepAsking((text) => text === '1'))
    .addAnswer(flow.digits, {capture: true}, keepAsking((text) => /^\d{4}$/.test(text)))
    .addAnswer(flow.which, {capture: true}, keepAsking((text) => text === '1' || text === '2'))
    .addAnswer(flow.balance, {capture: true}, keepAsking((text) => text === 'si' || text === 'no'))
    .addAnswer(flow.bye);

const provider = createProvider(MetaProvider, {
    jwtToken: 'test', numberId: phoneNumberId, verifyToken: 'test', version: 'v25.0',
});
if (process.env.UNTHROTTLED === '1') {
    const Queue = fromProvider('queue-promise').default ?? fromProvider('queue-promise');
    provider.queue = new Queue({concurrent: 1_000, interval: 0, start: true});
    if (provider.vendor) provider.vendor.queue = provider.queue;
}
const {httpServer} = await createBot({
    flow: createFlow([balance]), provider, database: new MemoryDB(),
});
httpServer(port);
console.log('ready');
