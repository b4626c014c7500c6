// Vonage's own libraries and our adapter must agree on signatures: of the SMS API's fields
// (@vonage/sms) and of the Messages API's token (@vonage/jwt, and jsonwebtoken below it).

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import test from "node:test";
import { verifySignature } from "@vonage/jwt";
import { SMS } from "@vonage/sms";
import jsonwebtoken from "jsonwebtoken";
import { ask_tool, chance_of } from "./common.mjs";

const rounds = 300;
const now = 1795471200;
const { below, pick } = chance_of(20261126);
const ask = (lines) => ask_tool("vonage_signature", lines);

// Ours, and the library's name for it.
const methods = [["md5hash", "MD5HASH"], ["md5", "MD5HMAC"], ["sha1", "SHA1HMAC"],
    ["sha256", "SHA256HMAC"], ["sha512", "SHA512HMAC"]];
const sms = new SMS({ apiKey: "abcd1234", apiSecret: "unused" });
const words = ["Pago & saldo = 5", "", "ñandú 👍", "1+1", "a_b", "línea\nuna", "%41", "'\""];
const names = ["text", "keyword", "type", "msisdn", "to", "Body", "concat-ref", "_x", "z"];

function callback() {
    const params = { "api-key": "abcd1234", timestamp: String(now - below(200)), nonce: "n" + below(1e6) };
    for (let count = below(6); count > 0; --count) params[pick(names)] = pick(words);
    const [method, theirs] = pick(methods);
    return { params, method, theirs, secret: pick(["vonage-signature-secret-0123456789", "geheim"]) };
}

// As the documentation says it; the library judges whether that is right.
function signature_of({ params, method, secret }) {
    const text = Object.keys(params).sort()
        .map((name) => `&${name}=${params[name].replace(/[&=]/g, "_")}`).join("");
    return method === "md5hash" ? createHash("md5").update(text + secret).digest("hex")
        : createHmac(method, secret).update(text).digest("hex");
}

function line_of(one, sig, as_json) {
    const all = { ...one.params, sig };
    return {
        content_type: as_json ? "application/json" : "application/x-www-form-urlencoded",
        body: as_json ? JSON.stringify(all) : new URLSearchParams(all).toString(),
        secret: one.secret, api_key: "abcd1234", method: one.method, now,
    };
}

test("fields: what its library accepts or refuses, so do we", () => {
    const lines = [];
    const expected = [];
    for (let round = 0; round < rounds; ++round) {
        const one = callback();
        const good = signature_of(one);
        const other = { ...one, secret: "another" };
        const changed = { ...one, params: { ...one.params, text: one.params.text + "!" } };
        for (const [judged, sig] of [[one, good], [one, good.toUpperCase()], [other, good],
            [changed, good], [one, good.slice(1) + "0"], [one, "00"]]) {
            expected.push(sms.verifySignature(sig, { ...judged.params, sig }, judged.secret, judged.theirs)
                ? "yes" : "no");
            lines.push(line_of(judged, sig, round % 2 === 0));
        }
    }
    assert.ok(expected.includes("yes") && expected.includes("no"));
    assert.deepEqual(ask(lines), expected);
});

test("fields: an old signature is refused although it is good", () => {
    const one = callback();
    one.params.timestamp = String(now - 301);
    const sig = signature_of(one);
    assert.ok(sms.verifySignature(sig, one.params, one.secret, one.theirs));
    assert.deepEqual(ask([line_of(one, sig, false)]), ["no"]);
});

const body_of = (text) => JSON.stringify({ channel: "sms", message_type: "text", text });
const claims_of = (body) => ({
    iat: now - below(250), jti: "j" + below(1e9), iss: "Vonage", api_key: "abcd1234",
    application_id: "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
    payload_hash: createHash("sha256").update(body).digest("hex"),
});
const token_line = (token, body, secret) => ({
    content_type: "application/json", authorization: "Bearer " + token, body, secret,
    api_key: "abcd1234", method: "sha256", now,
});

test("tokens: what its library accepts or refuses, so do we", () => {
    const lines = [];
    const expected = [];
    for (let round = 0; round < rounds; ++round) {
        const secret = pick(["vonage-signature-secret-0123456789", "otro secreto de treinta y dos letras"]);
        const body = body_of(pick(words));
        const claims = claims_of(body);
        const token = jsonwebtoken.sign(claims, secret, { algorithm: "HS256" });
        const [head, middle, end] = token.split(".");
        const none = jsonwebtoken.sign(claims, "", { algorithm: "none" });
        for (const one of [token, jsonwebtoken.sign(claims, "another", { algorithm: "HS256" }),
            [head, middle, end.slice(0, -2) + "AA"].join("."), [head, end].join("."), none,
            jsonwebtoken.sign(claims, secret, { algorithm: "HS512" }),
            [head, Buffer.from(JSON.stringify({ ...claims, api_key: "x" })).toString("base64url"), end].join(".")]) {
            expected.push(verifySignature(one, secret) ? "yes" : "no");
            lines.push(token_line(one, body, secret));
        }
    }
    assert.ok(expected.includes("yes") && expected.includes("no"));
    assert.deepEqual(ask(lines), expected);
});

// The library knows the signature alone; the rest is the documentation's.
test("tokens: a good signature over another body, of another account or of long ago is refused", () => {
    const secret = "vonage-signature-secret-0123456789";
    const body = body_of("Hola");
    const good = claims_of(body);
    const lines = [{ ...good, api_key: "other" }, { ...good, iat: now - 301 }, { ...good, iat: now + 301 },
        { ...good, iss: "Someone" }, claims_of(body + " ")].map((claims) => {
        const token = jsonwebtoken.sign(claims, secret, { algorithm: "HS256" });
        assert.ok(verifySignature(token, secret));
        return token_line(token, body, secret);
    });
    assert.deepEqual([...new Set(ask(lines))], ["no"]);
});
