#include "gateway/config/config_shapes.hpp"

#include "dialogs/script/duration.hpp"

#include <utility>
#include <vector>

namespace tertulia::gateway {
namespace {

using dialogs::a_list;
using dialogs::a_map;
using dialogs::a_text;
using dialogs::a_truth;
using dialogs::a_whole;
using dialogs::a_word;
using dialogs::either;
using dialogs::key_shape;
using dialogs::map_shape;
using dialogs::need;
using dialogs::value_shape;

// Any value may come from the environment or a file.
value_shape or_from_elsewhere(value_shape value) {
    return either({std::move(value), a_text(".*\\$\\{[^}]+\\}.*")});
}
value_shape number(std::int64_t least, std::int64_t most) {
    return or_from_elsewhere(a_whole(least, most));
}
value_shape truth() {
    return or_from_elsewhere(a_truth());
}
value_shape a_rate() {
    return or_from_elsewhere(a_text("[0-9]{1,9}(\\.[0-9]{1,9})?(/(s|min|h))?"));
}
value_shape one_or_several() {
    return dialogs::one_or_more(a_text());
}

// What every channel has, whoever carries it.
std::vector<key_shape> channel_keys(const char* type, const char* carried_by) {
    return {
        {"name", a_text(), "Part of its webhook's address.", need::must},
        {"type", a_word({type}), carried_by, need::must},
        {"rate", a_rate(), "Of the whole channel: 80/s, 600/h; 0/s is no limit."},
        {"pair_rate", a_rate(), "To one person, sustained; 10/min without it."},
        {"pair_burst", number(1, 1'000'000), "To one person at once; 20 without it."},
        {"allow_from",
         one_or_several(),
         "Addresses its webhooks come from, [192.0.2.0/24, \"2001:db8::/32\"]; any without it."},
        {"unknown_wait",
         number(1, 3'600),
         "Seconds for a status, where a send had no answer; 60 without it."},
        {"fallback_for",
         one_or_several(),
         "Channels whose messages this one carries on where they cannot reach her; SMS only."},
        {"fallback_after",
         or_from_elsewhere(a_text(dialogs::duration_pattern())),
         "What we started and those have not delivered by then it carries too: 4 h."},
        {"number",
         or_from_elsewhere(a_text("[+]?[0-9]{3,15}")),
         "People write to, \"+50255550100\", for links and cards; `from` without it, if that is one."}};
}

// Of those that send SMS, whoever carries them.
std::vector<key_shape> recipients_keys() {
    return {
        {"sends_to",
         one_or_several(),
         "Countries its recipients are in, [GT, HN]; the institution's without it."},
        {"name_registered_in",
         one_or_several(),
         "Countries whose operators have agreed to the name in `from`."}};
}

std::vector<key_shape> reconcile_key() {
    return {
        {"reconcile",
         a_map(reconcile_shape),
         "Asking its list for what never reached us; every 5 min without it."}};
}

}  // namespace

const map_shape& reconcile_shape() {
    static const map_shape shape{
        .name = "reconcile",
        .keys = {
            {"every",
             or_from_elsewhere(a_text("0|" + dialogs::duration_pattern())),
             "5 min; 0 is never."},
            {"back",
             or_from_elsewhere(a_text(dialogs::duration_pattern())),
             "How far at most: 7 days; 2 days with Infobip, which keeps no more."}}};
    return shape;
}

const map_shape& tls_shape() {
    static const map_shape shape{
        .name = "tls",
        .keys = {
            {"certificate", a_text(), "Its file, PEM, with the chain.", need::must},
            {"key", a_text(), "Its file, PEM.", need::must}}};
    return shape;
}

const map_shape& server_shape() {
    static const map_shape shape{
        .name = "server",
        .keys = {
            {"listen", a_text(), "Webhooks, API and console: 127.0.0.1:8080."},
            {"admin", a_text(), "Health, metrics and publishing: 127.0.0.1:9090."},
            {"public_url", a_text(), "How the world reaches `listen`: https://chat.example.org."},
            {"io_threads", number(1, 64), "Threads that serve connections; 1 without it."},
            {"admin_token",
             a_text(),
             "What changes something on `admin` must show it; 16 letters or more."},
            {"trusted_proxies",
             one_or_several(),
             "Our reverse proxies, [127.0.0.1]: their X-Forwarded-For says who calls."},
            {"tls", a_map(tls_shape), "Where no reverse proxy does it."}}};
    return shape;
}

const map_shape& store_shape() {
    static const map_shape shape{
        .name = "store",
        .keys = {
            {"url", a_text(), "sqlite:PATH; sqlite:var/tertulia.db without it."},
            {"keep", number(30, 36'500), "Days the journal is kept; 400 without it."},
            {"cache_mib", number(1, 65'536), "Memory for sessions; 64 without it."}}};
    return shape;
}

const map_shape& price_table_shape() {
    static const map_shape shape = [] {
        map_shape made{
            .name = "price_table",
            .keys = {{"currency", a_text("[A-Z]{3}"), "USD, EUR.", need::must}}};
        for (const auto* category : {"service", "utility", "marketing", "authentication"}) {
            made.keys.push_back(
                {category, or_from_elsewhere(a_text("[0-9]{1,6}(\\.[0-9]{1,6})?")), "Of one message: \"0.0113\"."}
            );
        }
        return made;
    }();
    return shape;
}

const map_shape& received_shape() {
    static const map_shape shape{
        .name = "received",
        .keys = {
            {"folder", a_text(), "Where the files lie, sealed; var/received without it."},
            {"keep", number(1, 36'500), "Days they are kept; 90 without it."},
            {"largest_mb", number(1, 100), "Larger ones are not fetched; 25 without it."}}};
    return shape;
}

const map_shape& whatsapp_channel_shape() {
    static const map_shape shape{
        .name = "whatsapp_cloud",
        .keys =
            channel_keys("whatsapp_cloud", "WhatsApp, by Meta's Cloud API.") +
            std::vector<key_shape>{
                {"phone_number_id", a_text(), "Of Meta's console.", need::must},
                {"business_account_id",
                 a_text("[0-9]+"),
                 "Of Meta's console: with it the approved templates are compared with ours."},
                {"access_token", a_text(), "A system user's.", need::must},
                {"app_secret",
                 one_or_several(),
                 "Signs what arrives; [new, old] while it is being changed.",
                 need::must},
                {"verify_token", a_text(), "Of your choice: what Meta shows at first.", need::must},
                {"prices",
                 a_map(price_table_shape),
                 "What Meta charges in your country, for an estimate of the month."},
                {"identity_check",
                 truth(),
                 "Messages are refused where her phone or account key has changed; as set at Meta."},
                {"api_base", a_text(), "https://graph.facebook.com without it."},
                {"api_version", a_text(), "v25.0 without it."},
                {"read_marks",
                 or_from_elsewhere(a_word({"none", "read", "typing"})),
                 "What she sees while she is answered: blue ticks, and \"typing…\"; typing "
                 "without it."}}};
    return shape;
}

const map_shape& content_template_shape() {
    static const map_shape shape{
        .name = "content_template",
        .keys = {
            {"name", a_text(), "As messages call it.", need::must},
            {"language", a_text(), "es, en, pt_BR.", need::must},
            {"content_sid", a_text("HX[0-9a-f]{32}"), "Twilio's id of its content.", need::must}}};
    return shape;
}

const map_shape& twilio_channel_shape() {
    static const map_shape shape{
        .name = "twilio",
        .keys = channel_keys("twilio", "SMS or WhatsApp, by Twilio.") + recipients_keys() +
                reconcile_key() +
                std::vector<key_shape>{
                    {"account_sid", a_text(), "AC…, of Twilio's console.", need::must},
                    {"auth_token",
                     one_or_several(),
                     "Signs what arrives; [new, old] while it is being changed.",
                     need::must},
                    {"api_key", a_text(), "SK…, to send with instead of the auth_token."},
                    {"api_key_secret", a_text(), "Of the api_key."},
                    {"from", a_text(), "+15005550006, a short code, or whatsapp:+15005550006."},
                    {"messaging_service_sid", a_text(), "MG…; in place of `from`, or with it."},
                    {"validity", number(0, 36'000), "Seconds in Twilio's queue; 0: ten hours."},
                    {"spelling",
                     a_word({"plain", "as_written"}),
                     "SMS: letters that double the price: without their accents, or kept."},
                    {"smart_encoded", truth(), "Twilio replaces letters that cost an alphabet."},
                    {"mms", truth(), "Pictures go as MMS and not as an address in the text."},
                    {"answers_stop", truth(), "Twilio itself answers STOP; true without it."},
                    {"templates",
                     a_list(a_map(content_template_shape)),
                     "Approved contents, for outside the 24 hours of WhatsApp."},
                    {"api_base", a_text(), "https://api.twilio.com without it."}}};
    return shape;
}

const map_shape& infobip_channel_shape() {
    static const map_shape shape{
        .name = "infobip",
        .keys = channel_keys("infobip", "SMS, by Infobip.") + recipients_keys() + reconcile_key() +
                std::vector<key_shape>{
                    {"api_key", a_text(), "Of Infobip's portal.", need::must},
                    {"from", a_text(), "Our number or name, as registered.", need::must},
                    {"api_base", a_text(), "https://xxxxx.api.infobip.com, your own.", need::must},
                    {"path_secret", a_text(), "16 or more random letters: the end of our address."},
                    {"webhook_user", a_text(), "That Infobip shows when it calls us."},
                    {"webhook_password", a_text(), "That Infobip shows when it calls us."},
                    {"spelling",
                     a_word({"plain", "as_written"}),
                     "Letters that double the price: without their accents, or kept."},
                    {"transliteration", a_text(), "Infobip's: NON_UNICODE, COLOMBIAN."},
                    {"validity", number(0, 2'880), "Minutes it tries; 0: two days."}}};
    return shape;
}

const map_shape& vonage_channel_shape() {
    static const map_shape shape{
        .name = "vonage",
        .keys = channel_keys("vonage", "SMS, by Vonage.") + recipients_keys() +
                std::vector<key_shape>{
                    {"api", a_word({"messages", "sms"}), "Which of its APIs; messages without it."},
                    {"api_key", a_text(), "Of the dashboard.", need::must},
                    {"api_secret", a_text(), "Of the dashboard.", need::must},
                    {"from", a_text(), "A number or a name, without a plus sign.", need::must},
                    {"signature_secret",
                     one_or_several(),
                     "Signs what arrives; [new, old] while it is being changed.",
                     need::must},
                    {"signature_method",
                     a_word({"sha256_hmac", "md5_hash", "md5_hmac", "sha1_hmac", "sha512_hmac"}),
                     "Of the sms API, as chosen in the dashboard."},
                    {"spelling",
                     a_word({"plain", "as_written"}),
                     "Letters that double the price: without their accents, or kept."},
                    {"validity", number(0, 604'800), "Seconds it tries; 0: its own."},
                    {"api_base", a_text(), "Vonage's own without it."}}};
    return shape;
}

const map_shape& africas_talking_channel_shape() {
    static const map_shape shape{
        .name = "africas_talking",
        .keys = channel_keys("africas_talking", "SMS, by Africa's Talking.") + recipients_keys() +
                reconcile_key() +
                std::vector<key_shape>{
                    {"username", a_text(), "Of the app; sandbox in the sandbox.", need::must},
                    {"api_key", a_text(), "Of the app.", need::must},
                    {"from", a_text(), "A short code, or a name nobody can answer."},
                    {"short_codes", one_or_several(), "What messages come in to; any without it."},
                    {"path_secret",
                     a_text(),
                     "16 or more random letters: the end of our address.",
                     need::must},
                    {"spelling",
                     a_word({"plain", "as_written"}),
                     "Letters that double the price: without their accents, or kept."},
                    {"parts_max", number(1, 20), "Parts of one message; 6 without it."},
                    {"api_base", a_text(), "https://api.africastalking.com without it."}}};
    return shape;
}

const map_shape& ussd_channel_shape() {
    static const map_shape shape{
        .name = "africas_talking_ussd",
        .keys = channel_keys("africas_talking_ussd", "USSD, by Africa's Talking.") +
                std::vector<key_shape>{
                    {"path_secret",
                     a_text(),
                     "16 or more random letters: the end of our address.",
                     need::must},
                    {"otherwise",
                     a_text(),
                     "The SMS channel for what is said while nobody is dialling.",
                     need::must},
                    {"service_codes", one_or_several(), "*384*123#; any without it."},
                    {"opening", a_text(), "What dialling means, as if she wrote it; menu."},
                    {"more_key", a_text("[0-9]{1,3}"), "What she types for the next page; 98."},
                    {"more", a_text(), "The line below a page; 98. More."},
                    {"slow", a_text(), "Said when a turn takes too long."},
                    {"taken", a_text(), "Said where a person will answer, by SMS."},
                    {"again", a_text(), "Said when too much is going on."},
                    {"reply_within", number(1, 12), "Seconds a turn may take; 8 without it."}}};
    return shape;
}

const map_shape& kannel_channel_shape() {
    static const map_shape shape{
        .name = "kannel",
        .keys = channel_keys("kannel", "SMS, by a Kannel of your own.") + recipients_keys() +
                std::vector<key_shape>{
                    {"sendsms_url", a_text(), "http://127.0.0.1:13013/cgi-bin/sendsms without it."},
                    {"username", a_text(), "Of Kannel's sendsms-user.", need::must},
                    {"password", a_text(), "Of Kannel's sendsms-user.", need::must},
                    {"from", a_text(), "Our number, short code or name.", need::must},
                    {"smsc", a_text(), "Kannel's smsc-id to route by."},
                    {"path_secret",
                     a_text(),
                     "16 or more random letters: the end of the address Kannel calls.",
                     need::must},
                    {"callback_base",
                     a_text(),
                     "How Kannel reaches us, http://127.0.0.1:8080; public_url without it."},
                    {"spelling",
                     a_word({"plain", "as_written"}),
                     "Letters that double the price: without their accents, or kept."},
                    {"validity", number(0, 10'080), "Minutes until the SMSC drops it; 0: its own."},
                    {"parts_max", number(1, 20), "Parts of one message; 6 without it."}}};
    return shape;
}

const map_shape& smpp_channel_shape() {
    static const map_shape shape{
        .name = "smpp",
        .keys =
            channel_keys("smpp", "SMS, by SMPP 3.4 straight to an operator.") + recipients_keys() +
            std::vector<key_shape>{
                {"host", a_text(), "Of the SMSC.", need::must},
                {"port", number(1, 65'535), "2775 without it, 3550 with tls."},
                {"tls", truth(), "Without it, or a VPN, the password travels in clear."},
                {"certificate_authorities", a_text(), "A PEM file; the system's without it."},
                {"system_id", a_text(), "As the operator gave it, 15 letters at most.", need::must},
                {"password", a_text(), "As the operator gave it, 8 letters at most.", need::must},
                {"system_type", a_text(), "Only if the operator names one."},
                {"from", a_text(), "Our number, short code or name.", need::must},
                {"source_ton", number(0, 6), "Of `from`, where theirs is not 1, 3 or 5."},
                {"source_npi", number(0, 18), "Of `from`, where theirs is not 1 or 0."},
                {"service_type", a_text(), "Only if the operator names one."},
                {"country_code", a_text(), "502, before numbers that come in without it."},
                {"window", number(1, 1'000), "Messages sent and not answered yet; 10 without it."},
                {"answer_within", number(2, 120), "Seconds until an answer is given up; 30."},
                {"enquire_link", number(5, 3'600), "Seconds of silence until we ask; 30."},
                {"default_alphabet",
                 a_word({"gsm7", "latin1"}),
                 "What data_coding 0 is there; gsm7 without it."},
                {"long_form",
                 a_word({"header_8_bit", "header_16_bit", "sar", "payload"}),
                 "How long messages go; header_8_bit without it."},
                {"receipts",
                 a_word({"last_part", "every_part", "none"}),
                 "Of which parts a receipt is asked; last_part without it."},
                {"receipt_ids",
                 a_word({"same", "decimal", "hex"}),
                 "How receipts write the ids of the answers; same without it."},
                {"spelling",
                 a_word({"plain", "as_written"}),
                 "plain: without accents that double the price, and so without it."},
                {"validity", number(0, 142'560), "Minutes until the SMSC drops it; 0: its own."},
                {"parts_max", number(1, 20), "Parts of one message; 6 without it."}}};
    return shape;
}

const map_shape& ledger_shape() {
    static const map_shape shape{
        .name = "ledger",
        .keys = {{"type", a_word({"ledger"}), "The built-in one, which `tertulia import` fills."}}};
    return shape;
}

const map_shape& fineract_shape() {
    static const map_shape shape{
        .name = "fineract",
        .keys = {
            {"type", a_word({"fineract"}), "Apache Fineract (Mifos), by REST.", need::must},
            {"base_url", a_text(), "https://HOST:8443/fineract-provider/api/v1.", need::must},
            {"tenant", a_text(), "default without it."},
            {"user", a_text(), "A staff user with a role of its own.", need::must},
            {"password", a_text(), "Of the user.", need::must},
            {"poll", number(1, 1'440), "Minutes between rounds of what changed; 5 without it."},
            {"sweep", a_text(), "When all is read again each night; \"02:30\" without it."},
            {"stale_after",
             number(5, 10'080),
             "Minutes until figures are told with their hour; 15 without it."},
            {"down_after",
             number(5, 43'200),
             "Minutes until figures are told no more; 2880 without it."},
            {"hook_secret",
             a_text(),
             "16 or more random letters: the end of the address of Fineract's hooks."},
            {"writes",
             one_or_several(),
             "notes, applications, attendance; nothing is written without it."}}};
    return shape;
}

const map_shape& assistant_shape() {
    static const map_shape shape{
        .name = "assistant",
        .keys = {
            {"name", a_text(), "The machine's own, never that of a person here.", need::must},
            {"picture", a_text(), "Its face, a file of media/."}}};
    return shape;
}

const map_shape& colleague_shape() {
    static const map_shape shape{
        .name = "colleague",
        .keys = {
            {"phone", a_text(), "\"+50255501234\"; clients never see it.", need::must},
            {"name", a_text(), "As clients call her: seño Marta.", need::must},
            {"desks",
             either({a_text(), a_list(a_text())}),
             "The queues of cases she works on: support, complaints, supervisor…",
             need::must}}};
    return shape;
}

const map_shape& account_shape() {
    static const map_shape shape{
        .name = "account",
        .keys = {
            {"bank", a_text(), "As clients call it.", need::must},
            {"number", a_text(), "Between quotes, as the bank writes it.", need::must},
            {"holder", a_text(), "Whose it is; the institution's name without it."}}};
    return shape;
}

const map_shape& institution_shape() {
    static const map_shape shape{
        .name = "institution",
        .keys = {
            {"name", a_text(), "As messages say it.", need::must},
            {"country", a_text("[A-Z]{2}|.*\\$\\{.*"), "ISO 3166; GT without it."},
            {"time_zone", a_text(), "America/Guatemala.", need::must},
            {"currency", a_text(), "ISO 4217: GTQ.", need::must},
            {"languages",
             one_or_several(),
             "ISO 639, [es, en]; the first is spoken until we know better.",
             need::must},
            {"sms_price", a_text(), "Of one part of an SMS, for `tertulia check --sms`."},
            {"phone", a_text(), "The one published number, \"+50225550100\"."},
            {"holidays",
             either({a_text(), a_list(a_text(), 0)}),
             "Days off, 2026-12-25: nobody is there, and no working time passes."},
            {"hours",
             a_text(),
             "When people are there, \"Lun-Vie 8:00-17:00\"; of a branch its own hours count."},
            {"staff",
             either({a_text(), a_list(a_text(), 0)}),
             "Telephones of our own people, who get a new version first."},
            {"colleagues",
             a_list(a_map(colleague_shape), 0),
             "Who works on cases from the telephone, besides the credit agents."},
            {"assistant", a_map(assistant_shape), "The machine's name and face."},
            {"accounts",
             a_list(a_map(account_shape), 0),
             "Bank accounts money may be paid into; messages tell these and no other."}}};
    return shape;
}

const map_shape& config_shape() {
    static const map_shape shape{
        .name = "config",
        .keys = {
            {"institution", a_map(institution_shape), "Who we are.", need::must},
            {"server", a_map(server_shape), "Where the gateway listens."},
            {"store",
             either({a_text(), a_map(store_shape)}),
             "What must survive a power cut: sqlite:PATH."},
            {"received", a_map(received_shape), "Photos, voice notes and documents people send."},
            {"channels",
             a_list(either(
                 {a_map(whatsapp_channel_shape),
                  a_map(twilio_channel_shape),
                  a_map(infobip_channel_shape),
                  a_map(vonage_channel_shape),
                  a_map(africas_talking_channel_shape),
                  a_map(kannel_channel_shape),
                  a_map(smpp_channel_shape),
                  a_map(ussd_channel_shape)}
             )),
             "Who carries our messages.",
             need::must},
            {"core_banking",
             either({a_map(ledger_shape), a_map(fineract_shape)}),
             "Who owns the money."},
            {"simulator", truth(), "The phone on the desk; only for this machine."},
            {"lint", a_text(), "The wording list; lint.yaml without it."},
            {"dialogs", a_text(), "A folder; dialogs/ without it."},
            {"messages", a_text(), "A folder; messages/ without it."},
            {"media", a_text(), "A folder; media/ beside the messages without it."},
            {"meetings", a_text(), "A folder; meetings/ without it."},
            {"nudges", a_text(), "A folder; nudges/ without it."}}};
    return shape;
}

}  // namespace tertulia::gateway
