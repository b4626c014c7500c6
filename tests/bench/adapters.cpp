// What each provider costs by itself: a message of a person's from the bytes of its callback to a
// value, and a message of ours to the bytes of its request. Beside it, in the same run, a plain JSON
// library reading WhatsApp's callback into a tree, and writing WhatsApp's request from one.
//   adapters [--corpus tests/corpus] [--rounds 5]

#include "gateway/channels/channel.hpp"
#include "tests/bench/parts/measure.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>
#include <vector>

namespace {

using namespace tertulia;
using namespace tertulia::bench;
namespace africas_talking = adapters::africas_talking;
namespace infobip = adapters::infobip;
namespace kannel = adapters::kannel;
namespace twilio = adapters::twilio;
namespace vonage = adapters::vonage;
namespace whatsapp = adapters::whatsapp_cloud;

constexpr int each_round = 20'000;

std::string text_of(const std::string& file) {
    std::ifstream in{file};
    if (!in) throw std::runtime_error{"cannot read " + file};
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

// Microseconds for one, the best of the rounds: what others do on the machine only ever adds. Each
// gives a number that depends on what it made, so that nothing is left out.
double best_us(int rounds, const std::function<std::size_t()>& once) {
    std::size_t made = 0;
    double best = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto begin = now_us();
        for (int i = 0; i < each_round; ++i) made += once();
        const auto us = static_cast<double>(now_us() - begin) / each_round;
        best = round == 0 ? us : std::min(best, us);
    }
    if (made < static_cast<std::size_t>(rounds) * each_round) {
        throw std::runtime_error{"something was not read or not written"};
    }
    return best;
}

template <class Parsed>
std::size_t events_in(const Parsed& read) {
    return read ? read->events.size() : 0;
}

struct measured {
    std::string name{};
    gateway::provider_settings settings{};
    identity to{identity_kind::phone, "+50255550101"};
    std::function<std::size_t()> parse{};
};

std::vector<measured> all_of(const std::string& corpus) {
    const auto now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
    std::vector<measured> all;
    whatsapp::channel_settings wa;
    wa.name = "c";
    wa.phone_number_id = "106540352242922";
    all.push_back(
        {"whatsapp_cloud", wa, {identity_kind::wa_id, "50255550101"},
         [wa, body = text_of(corpus + "/whatsapp_cloud/text.json")] {
             return events_in(whatsapp::parse(body, wa));
         }}
    );
    twilio::channel_settings tw;
    tw.name = "c";
    tw.account_sid = "AC00000000000000000000000000000001";
    tw.auth_tokens = {"token"};
    tw.from = "+15005550006";
    all.push_back(
        {"twilio", tw, {identity_kind::phone, "+50255550101"},
         [tw, now, body = text_of(corpus + "/twilio/sms_text.form")] {
             const adapters::inbound_request request{
                 .method = "POST",
                 .content_type = "application/x-www-form-urlencoded",
                 .body = body};
             return events_in(twilio::parse(request, tw, now));
         }}
    );
    infobip::channel_settings ib;
    ib.name = "c";
    ib.sender = "4040";
    ib.api_base = "https://x.api.infobip.com";
    all.push_back(
        {"infobip", ib, {identity_kind::phone, "+50255550101"},
         [ib, now, body = text_of(corpus + "/infobip/message.json")] {
             return events_in(infobip::parse(body, ib, now));
         }}
    );
    vonage::channel_settings vo;
    vo.name = "c";
    vo.from = "15005550006";
    all.push_back(
        {"vonage", vo, {identity_kind::phone, "+50255550101"},
         [vo, now, body = text_of(corpus + "/vonage/message_text.json")] {
             const adapters::inbound_request request{
                 .method = "POST", .content_type = "application/json", .body = body};
             return events_in(vonage::parse(request, vo, now));
         }}
    );
    africas_talking::channel_settings at;
    at.name = "c";
    at.username = "live";
    at.from = "40404";
    all.push_back(
        {"africas_talking", at, {identity_kind::phone, "+254711000101"},
         [at, now, body = text_of(corpus + "/africas_talking/message.form")] {
             return events_in(africas_talking::parse(body, now, at));
         }}
    );
    kannel::channel_settings ka;
    ka.name = "c";
    ka.from = "4040";
    ka.path_secret = "0123456789abcdef";
    ka.callback_url = "http://127.0.0.1:8080/webhooks/c";
    all.push_back(
        {"kannel", ka, {identity_kind::phone, "+50255550101"},
         [ka, query = text_of(corpus + "/kannel/message_text.query")] {
             return events_in(kannel::parse(query, ka, {}));
         }}
    );
    return all;
}

constexpr auto said = "Debe en total: Q3,438.60. Le quedan 11 cuotas.";

std::size_t rendered(const gateway::channel& by, const outbound_message& what) {
    const auto request = by.by_http()->render(what);
    return request && request->url.size() + request->body.size() > 0 ? 1U : 0U;
}

std::size_t plainly_written() {
    const nlohmann::json body{
        {"messaging_product", "whatsapp"}, {"recipient_type", "individual"}, {"to", "50255550101"},
        {"type", "text"}, {"text", {{"body", said}}}, {"biz_opaque_callback_data", "7"}};
    return body.dump().empty() ? 0U : 1U;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App line{"What each provider costs to read and to write"};
    std::string corpus = "tests/corpus";
    int rounds = 5;
    line.add_option("--corpus", corpus);
    line.add_option("--rounds", rounds);
    CLI11_PARSE(line, argc, argv);
    try {
        const auto body = text_of(corpus + "/whatsapp_cloud/text.json");
        for (const auto& one : all_of(corpus)) {
            gateway::channel_config as;
            as.name = "c";
            as.provider = one.settings;
            const gateway::channel_table table{{as}};
            const outbound_message what{
                .to = {"c", one.to}, .callback_data = "7", .content = say_text{.text = said}};
            // Beside each, so that the machine's mood is the same for both.
            const auto plain_parse = best_us(
                rounds, [&] { return nlohmann::json::parse(body).empty() ? 0U : 1U; }
            );
            const auto parse = best_us(rounds, one.parse);
            const auto plain_render = best_us(rounds, plainly_written);
            const auto render = best_us(rounds, [&] { return rendered(*table.find("c"), what); });
            std::cout << json_line{}
                             .add("provider", one.name)
                             .add("parse_us", parse)
                             .add("plain_parse_us", plain_parse)
                             .add("parse_ratio", parse / plain_parse)
                             .add("render_us", render)
                             .add("plain_render_us", plain_render)
                             .add("render_ratio", render / plain_render)
                             .text()
                      << '\n';
        }
    } catch (const std::exception& trouble) {
        std::cerr << "adapters: " << trouble.what() << '\n';
        return 1;
    }
    return 0;
}
