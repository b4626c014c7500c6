#include "gateway/config/config_shapes.hpp"

#include <utility>

namespace tertulia::gateway {
namespace {

using dialogs::a_list;
using dialogs::a_map;
using dialogs::a_text;
using dialogs::a_truth;
using dialogs::a_whole;
using dialogs::a_word;
using dialogs::either;
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

}  // namespace

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

const map_shape& channel_shape() {
    static const map_shape shape{
        .name = "channel",
        .keys = {
            {"name", a_text(), "Part of its webhook's address.", need::must},
            {"type", a_word({"whatsapp_cloud"}), "Who carries it.", need::must},
            {"phone_number_id", a_text(), "Of Meta's console.", need::must},
            {"access_token", a_text(), "A system user's.", need::must},
            {"app_secret",
             one_or_several(),
             "Signs what arrives; [new, old] while it is being changed.",
             need::must},
            {"verify_token", a_text(), "Of your choice: what Meta shows at first.", need::must},
            {"api_base", a_text(), "https://graph.facebook.com without it."},
            {"api_version", a_text(), "v25.0 without it."},
            {"rate", a_rate(), "Of the whole channel: 80/s, 600/h; 0/s is no limit."},
            {"pair_rate", a_rate(), "To one person, sustained; 10/min without it."},
            {"pair_burst", number(1, 1'000'000), "To one person at once; 20 without it."},
            {"unknown_wait",
             number(1, 3'600),
             "Seconds for a status, where a send had no answer; 60 without it."}}};
    return shape;
}

const map_shape& core_banking_shape() {
    static const map_shape shape{
        .name = "core_banking",
        .keys = {{"type", a_word({"ledger"}), "The built-in one, which `tertulia import` fills."}}};
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
             "Days off, 2026-12-25; nothing looks at them yet."},
            {"staff",
             either({a_text(), a_list(a_text(), 0)}),
             "Telephones of our own people, who get a new version first."},
            {"assistant", a_map(assistant_shape), "The machine's name and face."}}};
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
            {"channels", a_list(a_map(channel_shape)), "Who carries our messages.", need::must},
            {"core_banking", a_map(core_banking_shape), "Who owns the money."},
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
