// Twilio's own library and our adapter must agree on signatures: what it signs we accept, what we
// sign it accepts, and what it refuses we refuse. Random requests from one fixed seed.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import webhooks from "twilio/lib/webhooks/webhooks.js";
import { ask_tool, chance_of } from "./common.mjs";

const rounds = 300;
const form = "application/x-www-form-urlencoded";
const { below, pick } = chance_of(20261123);
const ask = (lines) => ask_tool("twilio_signature", lines);

const words = ["Hola, ¿cuánto debo?", "", "1+1=2 & más", "a'b\"c", "ñandú 👍", "%41", "Q 250.00",
    "+50255550101", "x", "línea\nuna"];
const names = ["Body", "From", "To", "body", "_x", "MediaUrl0", "Á", "a", "B"];

function request() {
    const fields = [];
    for (let count = below(8); count > 0; --count) fields.push([pick(names), pick(words)]);
    const query = new URLSearchParams();
    for (let count = below(4); count > 0; --count) query.append(pick(names), pick(words));
    const origin = pick(["https://", "http://"]) + pick(["gw.example.org", "user:w@gw.example.org"])
        + pick(["", ":8443", ":80", ":443", ":8080"]);
    const params = {};
    for (const [name, value] of fields) {
        params[name] = name in params ? [params[name], value].flat() : value;
    }
    return {
        origin,
        path: pick(["/hook/tw/c7f3", "/", "/webhooks/sms"]),
        query: query.toString(),
        params,
        body: new URLSearchParams(fields).toString(),
        token: pick(["0123456789abcdef0123456789abcdef", "ffeeddccbbaa99887766554433221100"]),
    };
}

const address = (of, origin = of.origin) => origin + of.path + (of.query ? "?" + of.query : "");
const without_port = (origin) => origin.replace(/:\d+$/, "");

function verify_line(of, signature) {
    return {
        do: "verify", public_url: of.origin, path: of.path, query: of.query, content_type: form,
        body: of.body, signature, token: of.token,
    };
}

test("what Twilio's library signs, over any port it may have seen, we accept", () => {
    const lines = [];
    for (let round = 0; round < rounds; ++round) {
        const one = request();
        for (const origin of [one.origin, without_port(one.origin)]) {
            lines.push(verify_line(one, webhooks.getExpectedTwilioSignature(
                one.token, address(one, origin), one.params)));
        }
    }
    assert.deepEqual([...new Set(ask(lines))], ["yes"]);
});

test("what its library refuses, we refuse", () => {
    const lines = [];
    for (let round = 0; round < rounds; ++round) {
        const one = request();
        const url = address(one);
        const wrong = [
            webhooks.getExpectedTwilioSignature("another token", url, one.params),
            webhooks.getExpectedTwilioSignature(one.token, url, { ...one.params, Extra: "1" }),
            webhooks.getExpectedTwilioSignature(one.token, url + "/more", one.params),
            "", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        ];
        for (const signature of wrong) {
            assert.equal(webhooks.validateRequest(one.token, signature, url, one.params), false);
            lines.push(verify_line(one, signature));
        }
    }
    assert.deepEqual([...new Set(ask(lines))], ["no"]);
});

test("what we sign its library accepts", () => {
    const requests = Array.from({ length: rounds }, request);
    const signatures = ask(requests.map((one) => (
        { do: "sign", url: address(one, without_port(one.origin)), body: one.body, token: one.token })));
    requests.forEach((one, index) => assert.ok(
        webhooks.validateRequest(one.token, signatures[index], address(one), one.params),
        JSON.stringify(one)));
});

test("a JSON body is accepted with its hash and refused with another", () => {
    const lines = [];
    const expected = [];
    for (let round = 0; round < rounds; ++round) {
        const one = request();
        const body = JSON.stringify({ MessageSid: "SM1", said: pick(words) });
        const hash = createHash("sha256").update(body).digest("hex");
        const query = "bodySHA256=" + hash;
        const url = one.origin + one.path + "?" + query;
        const signature = webhooks.getExpectedTwilioSignature(one.token, url, {});
        const given = round % 3 === 0 ? body + " " : body;
        const theirs = webhooks.validateRequestWithBody(one.token, signature, url, given);
        expected.push(theirs ? "yes" : "no");
        lines.push({
            do: "verify", public_url: one.origin, path: one.path, query,
            content_type: "application/json", body: given, signature, token: one.token,
        });
    }
    assert.deepEqual(ask(lines), expected);
});
