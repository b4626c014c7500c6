#include "gateway/simulator/sms_stand_in.hpp"

#include "adapters/wire/digest.hpp"
#include "adapters/wire/timestamp.hpp"
#include "dialogs/message/e164.hpp"
#include "gateway/simulator/controls.hpp"
#include "gateway/simulator/form_post.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace tertulia::gateway::simulator {

namespace {

using nlohmann::json;

constexpr std::string_view api_version = "2010-04-01";
constexpr std::size_t page_size_max = 1'000;
constexpr std::array<std::string_view, 9> keys_of_sms{
    "sent_ms", "delivered_ms", "latency_ms", "webhook_delay_ms", "duplicates", "drop_responses",
    "lose_statuses", "errors", "phone_off"};

struct sms {
    std::string id{};
    std::string from{};  // as Twilio writes it
    std::string to{};
    std::string text{};
    bool inbound{};
    std::string status{};
    std::string callback{};  // empty: none is wanted
    int error_code{};
    instant at{};
};

int rank_of(std::string_view status) {
    if (status == "sent") return 1;
    return status == "queued" ? 0 : 2;  // delivered and undelivered are both the end
}

// In the page's words.
std::string_view shown_status(std::string_view status) {
    return status == "undelivered" ? std::string_view{"failed"} : status;
}

graph_answer refused(int code) {
    const auto error = twilio_error_of(code);
    return {.status = error.http_status, .body = error_body(error)};
}

std::string segments_of(std::string_view text) {
    return std::to_string(shown_as_sms(text)["segments"].get<std::size_t>());
}

instant stand_in_now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace

class sms_stand_in::implementation {
public:
    implementation(sms_settings settings, http::client& client, sms_observer observer)
        : settings_{std::move(settings)},
          observer_{std::move(observer)},
          random_{std::random_device{}()},
          post_{settings_.account.auth_token, client} {
        if (!settings_.clock) settings_.clock = stand_in_now;
        base_ = '/' + std::string{api_version} + "/Accounts/" + settings_.account.account_sid;
    }
    // The alarm's thread is the only other user of this object, so it ends first.
    ~implementation() { alarm_.stop(); }
    implementation(const implementation&) = delete;
    implementation& operator=(const implementation&) = delete;

    graph_answer handle(const graph_request& request);
    void write(std::string_view digits, std::string_view text, std::string_view id);
    std::string control(const json& orders);
    json state() const;
    std::string message_id();

    mutable std::mutex mutex_{};
    alarm alarm_{};

private:
    graph_answer route(const graph_request& request, std::optional<taken_sms>& taken);
    graph_answer send(std::string_view body, std::optional<taken_sms>& taken);
    graph_answer list(std::string_view query) const;
    json resource(const sms& one) const;
    void keep(sms what);
    sms* find(std::string_view id);
    void reach(const std::string& id, std::string_view status, int code);
    void call_back(std::string url, adapters::form_fields fields);
    taken_sms say_by_twilio(const std::string& digits, std::string_view text);

    sms_settings settings_;
    sms_observer observer_;
    std::mt19937_64 random_;
    form_post post_;
    std::string base_{};
    controls controls_{};
    std::deque<sms> messages_{};  // oldest first
    std::map<std::string, std::vector<std::string>> off_{};  // by digits: sent, phone off
    std::set<std::string> stopped_{};                        // digits
    std::uint64_t accepted_{}, refused_{}, dropped_{}, lost_{};
};

std::string sms_stand_in::implementation::message_id() {
    std::string id{"SM"};
    for (int i = 0; i < 32; ++i) id += "0123456789abcdef"[random_() % 16];
    return id;
}

graph_answer sms_stand_in::implementation::handle(const graph_request& request) {
    std::optional<taken_sms> taken;
    graph_answer result;
    {
        const std::scoped_lock lock{mutex_};
        result = route(request, taken);
        result.delay = controls_.latency;
        if (result.status >= 400) ++refused_;
        if (result.dropped) ++dropped_;
    }
    if (taken && observer_.accepted) observer_.accepted(*taken);
    return result;
}

graph_answer sms_stand_in::implementation::route(
    const graph_request& request, std::optional<taken_sms>& taken
) {
    const auto& account = settings_.account;
    if (request.authorization !=
        adapters::basic_credentials(account.account_sid, account.auth_token)) {
        return refused(20'003);
    }
    auto path = request.path;
    if (!path.starts_with(base_)) return refused(20'404);
    path.remove_prefix(base_.size());
    if (path == "/Messages.json") {
        return request.method == "POST" ? send(request.body, taken) : list(request.query);
    }
    constexpr std::string_view one{"/Messages/"}, end{".json"};
    if (request.method == "GET" && path.starts_with(one) && path.ends_with(end)) {
        path.remove_prefix(one.size());
        path.remove_suffix(end.size());
        const auto* found = find(path);
        if (found) return {.body = resource(*found).dump()};
    }
    return refused(20'404);
}

graph_answer sms_stand_in::implementation::send(
    std::string_view body, std::optional<taken_sms>& taken
) {
    const auto fields = adapters::read_form(body);
    if (!fields) return refused(21'602);
    const auto of = [&fields](std::string_view name) {
        return std::string{adapters::value_in(*fields, name)};
    };
    sms one{.from = of("From"), .to = of("To"), .text = of("Body"), .callback = of("StatusCallback")};
    if (!is_e164(one.to)) return refused(21'211);
    if (one.from.empty()) return refused(21'603);
    if (one.from != settings_.account.number) return refused(21'606);
    if (one.text.empty()) return refused(21'602);
    if (utf16_units(one.text) > body_units_max) return refused(21'617);
    if (!one.callback.empty() && !one.callback.starts_with("http")) return refused(21'609);
    const auto digits = digits_of(one.to);
    if (stopped_.contains(digits)) return refused(21'610);
    const auto error = controls_.take_error(digits);
    const bool later = error && (error->later || comes_later(error->code));
    if (error && !later) return refused(error->code);

    one.id = message_id();
    one.status = "queued";
    one.at = settings_.clock();
    graph_answer result{.status = 201, .body = resource(one).dump()};
    result.dropped = controls_.drop_responses > 0;
    if (result.dropped) --controls_.drop_responses;
    taken = {.id = one.id, .to = digits, .text = one.text, .at = one.at};
    ++accepted_;
    if (later) {
        alarm_.after(
            controls_.sent_after.value_or(milliseconds{}),
            [this, id = one.id, code = error->code] { reach(id, "undelivered", code); }
        );
    } else if (controls_.sent_after) {
        alarm_.after(*controls_.sent_after, [this, id = one.id] { reach(id, "sent", 0); });
    }
    keep(std::move(one));
    return result;
}

json sms_stand_in::implementation::resource(const sms& one) const {
    const auto at = mail_time(one.at);
    json all{
        {"sid", one.id},
        {"account_sid", settings_.account.account_sid},
        {"api_version", api_version},
        {"from", one.from},
        {"to", one.to},
        {"body", one.text},
        {"status", one.status},
        {"direction", one.inbound ? "inbound" : "outbound-api"},
        {"num_segments", segments_of(one.text)},
        {"num_media", "0"},
        {"date_created", at},
        {"date_sent", at},
        {"date_updated", at},
        {"price", nullptr},
        {"error_code", nullptr},
        {"error_message", nullptr},
        {"uri", base_ + "/Messages/" + one.id + ".json"}};
    if (one.error_code != 0) {
        all["error_code"] = one.error_code;
        all["error_message"] = twilio_error_of(one.error_code).message;
    }
    return all;
}

// Newest first, in pages, as whoever was away catches up.
graph_answer sms_stand_in::implementation::list(std::string_view query) const {
    const auto fields = adapters::read_form(query).value_or(adapters::form_fields{});
    const auto number = [&fields](std::string_view name, std::size_t otherwise) {
        const auto text = adapters::value_in(fields, name);
        std::size_t value{};
        for (const char each : text.substr(0, 9)) {
            if (each < '0' || each > '9') return otherwise;
            value = value * 10 + static_cast<std::size_t>(each - '0');
        }
        return text.empty() ? otherwise : value;
    };
    const auto since = adapters::read_iso_time(adapters::value_in(fields, "DateSent>"));
    const auto size = std::clamp<std::size_t>(number("PageSize", 50), 1, page_size_max);
    const auto page = number("Page", 0);
    json messages = json::array();
    std::size_t seen = 0;
    for (auto each = messages_.rbegin(); each != messages_.rend(); ++each) {
        if (since && each->at < *since) continue;
        if (seen++ >= page * size && messages.size() < size) messages.push_back(resource(*each));
    }
    json all{{"page", page}, {"page_size", size}, {"next_page_uri", nullptr}};
    if (seen > (page + 1) * size) {
        adapters::form_writer next;
        if (since) next.add("DateSent>", adapters::write_iso_time(*since));
        next.add("PageSize", std::to_string(size)).add("Page", std::to_string(page + 1));
        all["next_page_uri"] = base_ + "/Messages.json?" + next.take();
    }
    all["messages"] = std::move(messages);
    return {.body = all.dump(-1, ' ', false, json::error_handler_t::replace)};
}

void sms_stand_in::implementation::keep(sms what) {
    messages_.push_back(std::move(what));
    if (messages_.size() > messages_max) messages_.pop_front();
}

sms* sms_stand_in::implementation::find(std::string_view id) {
    const auto found = std::find_if(messages_.rbegin(), messages_.rend(), [id](const sms& each) {
        return each.id == id;
    });
    return found == messages_.rend() ? nullptr : &*found;
}

// One step of a message's life, on the alarm's thread (or of who switches a phone on).
void sms_stand_in::implementation::reach(
    const std::string& id, std::string_view status, int code
) {
    std::string digits;
    {
        const std::scoped_lock lock{mutex_};
        auto* one = find(id);
        if (!one || rank_of(one->status) >= rank_of(status)) return;
        digits = digits_of(one->to);
        if (status == "delivered" && controls_.is_off(digits)) {
            off_[digits].push_back(id);
            return;
        }
        one->status = status;
        one->error_code = code;
        if (!one->callback.empty()) {
            adapters::form_fields fields{
                {"AccountSid", settings_.account.account_sid},
                {"ApiVersion", std::string{api_version}},
                {"From", one->from},
                {"MessageSid", id},
                {"MessageStatus", std::string{status}},
                {"SmsSid", id},
                {"SmsStatus", std::string{status}},
                {"To", one->to}};
            if (code != 0) fields.push_back({"ErrorCode", std::to_string(code)});
            if (controls_.lose_statuses > 0) {
                --controls_.lose_statuses;
                ++lost_;
            } else {
                call_back(one->callback, std::move(fields));
            }
        }
        if (status == "sent" && controls_.delivered_after) {
            alarm_.after(*controls_.delivered_after, [this, id] { reach(id, "delivered", 0); });
        }
    }
    if (observer_.status) observer_.status(digits, id, shown_status(status), code);
}

void sms_stand_in::implementation::call_back(std::string url, adapters::form_fields fields) {
    alarm_.after(
        controls_.webhook_delay,
        [this, url = std::move(url), fields = std::move(fields),
         copies = 1 + controls_.duplicates] {
            for (int i = 0; i < copies; ++i) post_.post(url, fields);
        }
    );
}

// What Twilio says to STOP by itself. It is no message of ours and calls nobody back.
taken_sms sms_stand_in::implementation::say_by_twilio(
    const std::string& digits, std::string_view text
) {
    sms one{
        .id = message_id(),
        .from = settings_.account.number,
        .to = '+' + digits,
        .text = std::string{text},
        .status = "delivered",
        .at = settings_.clock()};
    taken_sms taken{.id = one.id, .to = digits, .text = one.text, .at = one.at};
    keep(std::move(one));
    return taken;
}

void sms_stand_in::implementation::write(
    std::string_view number, std::string_view text, std::string_view id
) {
    std::optional<taken_sms> answer;
    {
        const std::scoped_lock lock{mutex_};
        const std::string digits{number};
        const auto word = stop_word_of(text);
        sms one{
            .id = std::string{id},
            .from = '+' + digits,
            .to = settings_.account.number,
            .text = std::string{text},
            .inbound = true,
            .status = "received",
            .at = settings_.clock()};
        call_back(
            settings_.webhook_url,
            {{"AccountSid", settings_.account.account_sid},
             {"ApiVersion", std::string{api_version}},
             {"Body", one.text},
             {"From", one.from},
             {"FromCountry", ""},
             {"MessageSid", one.id},
             {"NumMedia", "0"},
             {"NumSegments", segments_of(text)},
             {"SmsMessageSid", one.id},
             {"SmsSid", one.id},
             {"SmsStatus", "received"},
             {"To", one.to},
             {"ToCountry", ""}}
        );
        keep(std::move(one));
        // Her word is posted to us all the same, and must not be answered a second time.
        if (word == stop_word::stop && stopped_.insert(digits).second) {
            answer = say_by_twilio(
                digits, "You have successfully been unsubscribed. You will not receive any more "
                        "messages from this number. Reply START to resubscribe."
            );
        } else if (word == stop_word::start && stopped_.erase(digits) > 0) {
            answer = say_by_twilio(
                digits, "You have successfully been re-subscribed to messages from this number. "
                        "Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply."
            );
        } else if (word == stop_word::help) {
            answer = say_by_twilio(digits, "Reply STOP to unsubscribe. Msg&Data Rates May Apply.");
        }
    }
    if (!answer) return;
    if (observer_.accepted) observer_.accepted(*answer);
    if (observer_.status) observer_.status(answer->to, answer->id, "delivered", 0);
}

std::string sms_stand_in::implementation::control(const json& orders) {
    if (!orders.is_object()) return "a JSON object is expected";
    for (const auto& [key, value] : orders.items()) {
        if (std::ranges::find(keys_of_sms, key) == keys_of_sms.end()) {
            return "an SMS has no such control: " + key.substr(0, 64);
        }
    }
    std::vector<std::string> back;  // whose phone is on again
    {
        const std::scoped_lock lock{mutex_};
        auto wrong = obey(orders, controls_);
        if (!wrong.empty()) return wrong;
        for (auto each = off_.begin(); each != off_.end();) {
            if (controls_.is_off(each->first)) {
                ++each;
                continue;
            }
            back.insert(back.end(), each->second.begin(), each->second.end());
            each = off_.erase(each);
        }
    }
    for (const auto& each : back) reach(each, "delivered", 0);
    return {};
}

json sms_stand_in::implementation::state() const {
    const auto posts = to_json(post_.counters());
    const std::scoped_lock lock{mutex_};
    const auto every = to_json(controls_);
    json all = json::object();
    for (const auto key : keys_of_sms) all[std::string{key}] = every.at(std::string{key});
    all["stopped"] = stopped_;
    all["counters"] = {
        {"accepted", accepted_},
        {"refused", refused_},
        {"dropped", dropped_},
        {"statuses_lost", lost_}};
    all["counters"].update(posts);
    return all;
}

sms_stand_in::sms_stand_in(sms_settings settings, http::client& client, sms_observer observer)
    : self_{std::make_unique<implementation>(std::move(settings), client, std::move(observer))} {}
sms_stand_in::~sms_stand_in() = default;

graph_answer sms_stand_in::handle(const graph_request& request) { return self_->handle(request); }

std::string sms_stand_in::new_message_id() {
    const std::scoped_lock lock{self_->mutex_};
    return self_->message_id();
}

void sms_stand_in::write(std::string_view digits, std::string_view text, std::string_view id) {
    self_->write(digits, text, id);
}
std::string sms_stand_in::control(const json& orders) { return self_->control(orders); }
json sms_stand_in::state() const { return self_->state(); }
alarm& sms_stand_in::later() noexcept { return self_->alarm_; }

}  // namespace tertulia::gateway::simulator
