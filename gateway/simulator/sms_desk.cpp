#include "gateway/simulator/sms_desk.hpp"

#include "gateway/simulator/desk_http.hpp"
#include "gateway/simulator/stand_in_front.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace tertulia::gateway::simulator {

namespace {

using nlohmann::json;

constexpr std::size_t text_bytes_max = 8'192;

json sms_message(std::string_view text) {
    json message{{"type", "sms"}};
    message["sms"] = shown_as_sms(text);
    return message;
}

instant desk_now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace

std::string sms_chat(std::string_view digits) { return "sms:" + std::string{digits}; }

sms_desk::sms_desk(
    sms_settings settings, http::client& client, phone_desk& screens,
    std::function<bool(std::string_view digits)> is_here
)
    : clock_{settings.clock ? settings.clock : desk_now},
      screens_{screens},
      is_here_{std::move(is_here)},
      stand_in_{std::move(settings), client, observer()} {}

sms_observer sms_desk::observer() {
    return {
        .accepted =
            [this](const taken_sms& what) {
                screens_.show(
                    sms_chat(what.to), {.id = what.id,
                                        .status = "accepted",
                                        .at = what.at,
                                        .message = sms_message(what.text)}
                );
            },
        .status =
            [this](std::string_view to, std::string_view id, std::string_view status, int code) {
                screens_.status(sms_chat(to), id, status, code);
            }};
}

void sms_desk::say(std::string_view body, http::reply to) {
    const auto said = json::parse(body, nullptr, false);
    const auto refuse = [&to](unsigned status, std::string_view detail) {
        std::move(to).send(http::problem(status, "not-sent", "Not sent", detail));
    };
    if (!said.is_object() || !is_short_text(said, "phone", 64) ||
        !is_short_text(said, "text", text_bytes_max) || said["text"] == "") {
        return refuse(400, "phone and text are needed");
    }
    const auto digits = digits_of(said["phone"].get<std::string>());
    if (!is_here_(digits)) return refuse(404, "nobody on the desk has this phone");
    const auto text = said["text"].get<std::string>();
    if (utf16_units(text) > sms_stand_in::body_units_max) return refuse(400, "too long for an SMS");
    const auto id = stand_in_.new_message_id();
    // On her screen first: the answer must not be there before the question.
    screens_.show(
        sms_chat(digits),
        {.id = id, .mine = true, .status = "sent", .at = clock_(), .message = sms_message(text)}
    );
    stand_in_.write(digits, text, id);
    std::move(to).send(plain(json_answer({{"id", id}})));
}

void sms_desk::control(const http::request& request, http::reply to) {
    if (request.method == "POST") {
        const auto wrong = stand_in_.control(json::parse(request.body, nullptr, false));
        if (!wrong.empty()) {
            return std::move(to).send(plain(mistake(400, "Not understood", wrong)));
        }
    }
    std::move(to).send(plain(json_answer(stand_in_.state())));
}

std::vector<http::route> sms_desk::routes() {
    std::vector<http::route> all;
    for (const auto* method : {"GET", "POST"}) {
        all.push_back(
            {.method = method,
             .path = std::string{prefix} + "/*",
             .handle = [this](const http::request& request, http::reply to) {
                 const auto seen = as_stand_in_sees(request, request.path.substr(prefix.size()));
                 answer_in_time(stand_in_.handle(seen), std::move(to), stand_in_.later());
             }}
        );
    }
    all.push_back(change_route(
        "/simulator/sms/say", 2 * text_bytes_max,
        [this](const http::request& request, http::reply to) { say(request.body, std::move(to)); }
    ));
    const auto controls = [this](const http::request& request, http::reply to) {
        control(request, std::move(to));
    };
    all.push_back({.method = "GET", .path = "/simulator/sms/control", .handle = controls});
    all.push_back(change_route("/simulator/sms/control", 16'384, controls));
    return all;
}

}  // namespace tertulia::gateway::simulator
