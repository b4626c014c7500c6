// Meta's own SDK for Node, which it no longer keeps: what it signs we accept, and what it sends our
// stand-in of the Graph API takes as Meta would. (Its webhook server is of no use here: it fails on
// every POST.)

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";

import { ask_tool, chance_of, place, tools, until } from "./common.mjs";

const number = 106540352242922;
const rosa = 50255500101;
process.env.CLOUD_API_VERSION = "v25.0";
process.env.CLOUD_API_ACCESS_TOKEN = "test_access_token";
const require = createRequire(import.meta.url);
const folder = path.dirname(require.resolve("whatsapp/package.json"));
const { generateXHub256Sig } = require(path.join(folder, "build/utils.js"));
console.log = () => {};  // it tells every request
const WhatsApp = require("whatsapp");

test("what it signs we accept, and no other body", () => {
    const { below, pick } = chance_of(20261128);
    const lines = Array.from({ length: 300 }, () => {
        const text = pick(["Hola, ¿cuánto debo?", "\\u00e4", "äöå", "👍", "", "línea\nuna", "\""]);
        const body = JSON.stringify({ entry: [{ id: String(below(1e9)), text }] });
        const secret = pick(["app secret", "ñ", "0123456789abcdef0123456789abcdef"]);
        const signature = `sha256=${generateXHub256Sig(body, secret)}`;
        return { do: "verify", body, signature, secrets: ["new", secret] };
    });
    assert.deepEqual([...new Set(ask_tool("whatsapp_signature", lines))], ["yes"]);
    const others = lines.map((line) => ({ ...line, body: line.body + " " }));
    assert.deepEqual([...new Set(ask_tool("whatsapp_signature", others))], ["no"]);
});

// Its client, but for TLS: the address is ours.
class town extends place {
    constructor() { super("whatsapp-sdk"); }

    async start() {
        this.meta = this.run(path.join(tools, "../../gateway/simulator/tertulia_stand_in"), []);
        const port = await until("the stand-in", () => /listening on \S+:(\d+)/.exec(this.meta.said)?.[1]);
        this.sdk = new WhatsApp(number);
        this.sdk.requester.client.sendRequest = async (_host, _port, where, method, headers, _timeout, body) => {
            const answer = await fetch(`http://127.0.0.1:${port}${where}`, { method, headers, body });
            return { status: answer.status, body: await answer.json() };
        };
    }
}

const media = { link: "https://example.org/a" };
const gap = (text) => ({ type: "body", parameters: [{ type: "text", text }] });
const quick = { type: "button", sub_type: "quick_reply", index: "0", parameters: [{ type: "payload", payload: "yes" }] };
const kinds = {
    text: [{ body: "Hola, doña Rosa." }, { body: "https://example.org", preview_url: true }],
    image: [{ ...media, caption: "Un mapa" }],
    audio: [media],
    document: [{ ...media, filename: "recibo.pdf" }],
    video: [media],
    location: [{ latitude: 14.63, longitude: -90.51, name: "Sede", address: "Zona 1" }],
    contacts: [[{ name: { formatted_name: "Brenda", first_name: "Brenda" }, phones: [{ phone: "+50255510001" }] }]],
    interactive: [
        { type: "button", body: { text: "¿Seguimos?" },
          action: { buttons: [{ type: "reply", reply: { id: "1", title: "Sí" } }] } },
        { type: "list", body: { text: "¿Cuál?" }, header: { type: "text", text: "Préstamos" },
          action: { button: "Escoger", sections: [{ title: "Todos", rows: [{ id: "1", title: "Uno" }] }] } },
    ],
    template: [{ name: "due", language: { policy: "deterministic", code: "es" }, components: [gap("Q250"), quick] }],
};

test("what it sends our stand-in takes", async () => {
    const here = new town();
    try {
        await here.start();
        for (const [kind, payloads] of Object.entries(kinds)) {
            for (const payload of payloads) {
                for (const reply_to of [undefined, "wamid.1"]) {
                    const { status, body } = await here.sdk.messages[kind](payload, rosa, reply_to);
                    assert.equal(status, 200, `${kind}: ${JSON.stringify(body)}`);
                    assert.match(body.messages[0].id, /^wamid\./);
                    assert.equal(body.contacts[0].wa_id, String(rosa));
                }
            }
        }
    } finally {
        await here.stop();
    }
});

test("its wrong token, number and text are refused as Meta refuses them", async () => {
    const here = new town();
    try {
        await here.start();
        const says = async (text) => (await here.sdk.messages.text({ body: text }, rosa)).body.error?.code;
        assert.equal(await says("a".repeat(4096)), undefined);
        assert.equal(await says("a".repeat(4097)), 100);
        here.sdk.requester.accessToken = "another";
        assert.equal(await says("Hola"), 190);
        here.sdk.requester.accessToken = "test_access_token";
        here.sdk.requester.phoneNumberId = 7;
        assert.equal(await says("Hola"), 100);
    } finally {
        await here.stop();
    }
});
