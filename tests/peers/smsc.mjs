// An SMSC of npm `smpp`, which misbehaves when it is told to. It counts what a real one would end a
// contract for, and keeps what its telephones were sent.

import { execFileSync } from "node:child_process";
import smpp from "smpp";

const throttled = smpp.ESME_RTHROTTLED;
export const ok = smpp.ESME_ROK;
export const queue_full = smpp.ESME_RMSGQFUL;
export { throttled };

// A certificate of its own for localhost, in `folder`: { key, cert } as Node wants them, and its file.
export function make_certificate(folder, fs, path) {
    const key = path.join(folder, "smsc.key");
    const cert = path.join(folder, "smsc.pem");
    execFileSync("openssl", [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert,
    ], { stdio: "ignore" });
    return { file: cert, options: { key: fs.readFileSync(key), cert: fs.readFileSync(cert) } };
}

export class smsc {
    // password: the one it accepts. window: what it allows under way. tls: key and cert.
    constructor({ password = "secret1", window = 10, tls = {} } = {}) {
        Object.assign(this, { password, window });
        this.binds = [];         // of every attempt: { system_id, ok, at }
        this.outstanding = 0;
        this.most = 0;           // under way at once
        this.overruns = 0;
        this.submits = 0;
        this.enquiries = 0;
        this.unbinds = 0;
        this.received = [];      // { to, text, parts, coding }
        this.parts = new Map();
        this.ids = 0;
        this.answer = () => ok;  // of a submit: a status, "silence" or "hang up"
        this.delay = 0;          // of each answer, in ms
        this.receipts = "after"; // or "before" the answer, or "none"
        this.waiting = new Map();  // deliveries that were not acknowledged, by our own number
        this.server = smpp.createServer(tls, (session) => this.serve(session));
        this.server.on("error", () => {});
    }

    listen(port) { return new Promise((done) => this.server.listen(port, "127.0.0.1", done)); }
    async close() {
        this.hang_up();
        await new Promise((done) => this.server.close(done));
    }
    get bound() { return this.session !== undefined; }
    hang_up() { for (const session of [...this.server.sessions]) session.destroy(); }

    serve(session) {
        let mine = 0;
        session.on("error", () => {});
        session.on("close", () => {
            this.outstanding -= mine;
            if (this.session === session) this.session = undefined;
        });
        session.on("bind_transceiver", (pdu) => {
            const fits = pdu.password === this.password;
            this.binds.push({ system_id: pdu.system_id, ok: fits, at: Date.now() });
            session.send(pdu.response({
                command_status: fits ? ok : smpp.ESME_RINVPASWD, system_id: "SMSC1",
            }));
            if (!fits) return;
            this.session = session;
            for (const pdu of this.waiting.values()) this.hand_over(pdu);
        });
        session.on("enquire_link", (pdu) => { ++this.enquiries; session.send(pdu.response()); });
        session.on("unbind", (pdu) => { ++this.unbinds; session.send(pdu.response(), () => session.close()); });
        session.on("submit_sm", (pdu) => {
            ++this.submits;
            ++mine;
            this.most = Math.max(this.most, ++this.outstanding);
            if (this.outstanding > this.window) ++this.overruns;
            const said = this.answer(pdu);
            if (said === "silence") return;
            if (said === "hang up") return session.destroy();
            const id = (++this.ids).toString(16).padStart(8, "0");
            const receipt = () => { if (said === ok && pdu.registered_delivery) this.report(pdu, id); };
            const respond = () => {
                if (session.socket.destroyed) return;
                --mine;
                --this.outstanding;
                session.send(pdu.response({ command_status: said, message_id: id }));
                if (said === ok) this.keep(pdu);
                if (this.receipts === "after") receipt();
            };
            if (this.receipts === "before") receipt();
            if (this.delay > 0 || this.receipts === "before") setTimeout(respond, this.delay + 50);
            else respond();
        });
    }

    // What a telephone shows: parts joined by their UDH or their SAR fields.
    keep(pdu) {
        const { udh, message } = pdu.short_message;
        const text = message || pdu.message_payload?.message || "";
        const one = { to: pdu.destination_addr, parts: 1, coding: pdu.data_coding };
        let part;
        if (udh && udh.length > 0) {
            const [element] = udh;  // 00 03 ref total number
            part = { reference: element[2], total: element[3], number: element[4], how: "udh" };
        } else if (pdu.sar_total_segments > 1) {
            part = { reference: pdu.sar_msg_ref_num, total: pdu.sar_total_segments,
                number: pdu.sar_segment_seqnum, how: "sar" };
        }
        if (!part) return this.received.push({ ...one, text });
        const key = `${one.to}/${part.reference}`;
        const held = this.parts.get(key) ?? [];
        held[part.number - 1] = text;
        this.parts.set(key, held);
        if (held.filter((each) => each !== undefined).length < part.total) return;
        this.parts.delete(key);
        this.received.push({ ...one, text: held.join(""), parts: part.total, how: part.how });
    }

    report(of, id, state = "DELIVRD") {
        this.deliver({
            source_addr_ton: 1, source_addr_npi: 1, source_addr: of.destination_addr,
            destination_addr: of.source_addr, esm_class: 4, data_coding: 0,
            short_message: `id:${id} sub:001 dlvrd:001 submit date:2611261200 done date:2611261200 ` +
                `stat:${state} err:000 text:`,
        });
    }

    // A message from a telephone; kept until it is acknowledged, and sent again then.
    types(from, text, more = {}) {
        return this.deliver({
            source_addr_ton: 1, source_addr_npi: 1, source_addr: from,
            dest_addr_ton: 3, destination_addr: "4040", data_coding: 0, short_message: text, ...more,
        });
    }
    deliver(fields) {
        const delivery = { number: ++this.ids, fields, statuses: [] };
        delivery.taken = new Promise((done) => { delivery.done = done; });
        this.waiting.set(delivery.number, delivery);
        this.hand_over(delivery);
        return delivery;
    }
    hand_over(delivery) {
        this.session?.deliver_sm({ ...delivery.fields }, (answer) => {
            delivery.statuses.push(answer.command_status);
            if (answer.command_status !== ok) return setTimeout(() => this.hand_over(delivery), 500);
            this.waiting.delete(delivery.number);
            delivery.done();
        });
    }

    told(number) { return this.received.filter((one) => one.to === number); }
}
