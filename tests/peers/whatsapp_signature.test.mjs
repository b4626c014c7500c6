// X-Hub-Signature-256 is GitHub's scheme, HMAC-SHA256 over the bytes: its own library, our adapter and
// our stand-in of Meta must agree.

import assert from "node:assert/strict";
import test from "node:test";
import { sign, verify } from "@octokit/webhooks-methods";
import { ask_tool, chance_of } from "./common.mjs";

const rounds = 300;
const { below, pick } = chance_of(20261127);
const ask = (lines) => ask_tool("whatsapp_signature", lines);
const words = ["Hola, ¿cuánto debo?", "\\u00e4", "äöå", "👍", "", " ", "línea\nuna", "\"", "\u0000"];

function request() {
    const messages = Array.from({ length: below(4) }, () => ({ type: "text", text: { body: pick(words) } }));
    return {
        body: JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: String(below(1e9)), messages }] }),
        secret: pick(["app secret", "ñ", "0123456789abcdef0123456789abcdef"]),
    };
}

test("what the library signs we accept, also while the secret is being changed", async () => {
    const lines = [];
    for (let round = 0; round < rounds; ++round) {
        const one = request();
        const signature = await sign(one.secret, one.body);
        for (const secrets of [[one.secret], ["new", one.secret]]) {
            lines.push({ do: "verify", body: one.body, signature, secrets });
        }
    }
    assert.deepEqual([...new Set(ask(lines))], ["yes"]);
});

test("what it refuses we refuse", async () => {
    const lines = [];
    for (let round = 0; round < rounds; ++round) {
        const one = request();
        const good = await sign(one.secret, one.body);
        for (const [body, signature] of [[one.body + " ", good], [one.body, await sign("another", one.body)],
            [one.body, good.replace("sha256=", "sha1=")], [one.body, good.slice(0, -1)],
            [one.body, good.toUpperCase()], [one.body, "sha256="]]) {
            assert.equal(await verify(one.secret, body, signature), false);
            lines.push({ do: "verify", body, signature, secrets: [one.secret] });
        }
    }
    assert.deepEqual([...new Set(ask(lines))], ["no"]);
});

test("what our stand-in of Meta signs the library accepts", async () => {
    const requests = Array.from({ length: rounds }, request);
    const signatures = ask(requests.map((one) => ({ do: "sign", body: one.body, secret: one.secret })));
    for (const [index, one] of requests.entries()) {
        assert.ok(await verify(one.secret, one.body, signatures[index]), JSON.stringify(one));
    }
});
