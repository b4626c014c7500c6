#include "gateway/simulator/controls.hpp"

#include "gateway/simulator/meta_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tertulia::gateway::simulator {

namespace {

using nlohmann::json;

constexpr std::int64_t wait_most = 24LL * 3'600 * 1'000;
constexpr int count_most = 1'000'000;

std::optional<std::int64_t> whole(const json& value, std::int64_t most) {
    if (!value.is_number_integer()) return std::nullopt;
    const auto number = value.get<std::int64_t>();
    if (number < 0 || number > most) return std::nullopt;
    return number;
}

bool read_wait(const json& value, milliseconds& to) {
    const auto number = whole(value, wait_most);
    if (number) to = milliseconds{*number};
    return number.has_value();
}

bool read_optional_wait(const json& value, std::optional<milliseconds>& to) {
    if (value.is_null()) {
        to.reset();
        return true;
    }
    milliseconds wait{};
    if (!read_wait(value, wait)) return false;
    to = wait;
    return true;
}

bool read_count(const json& value, int most, int& to) {
    const auto number = whole(value, most);
    if (number) to = static_cast<int>(*number);
    return number.has_value();
}

bool read_flag(const json& value, bool& to) {
    if (!value.is_boolean()) return false;
    to = value.get<bool>();
    return true;
}

// Digits, however a number is written; a user id as it is.
std::string person_of(const std::string& written) {
    return written.find('.') == std::string::npos ? digits_of(written) : written;
}

// Whether she who was named is written to as `to`.
bool is_called(const std::string& named, std::string_view to) {
    return named == to || (to.find('.') != std::string_view::npos && user_id_of(named) == to);
}

bool read_errors(const json& value, std::vector<planned_error>& to) {
    if (!value.is_array() || value.size() > 1'000) return false;
    std::vector<planned_error> all;
    for (const auto& each : value) {
        if (!each.is_object() || !each.contains("code")) return false;
        planned_error one;
        for (const auto& [key, of] : each.items()) {
            const auto fine = key == "code"    ? read_count(of, 100'000'000, one.code)
                              : key == "times" ? read_count(of, count_most, one.times)
                              : key == "later" ? read_flag(of, one.later)
                                               : key == "to" && of.is_string();
            if (!fine) return false;
            if (key == "to") one.to = person_of(of.get<std::string>());
        }
        all.push_back(std::move(one));
    }
    to = std::move(all);
    return true;
}

bool read_off(const json& value, controls& to) {
    if (value.is_boolean()) {
        to.everybody_off = value.get<bool>();
        to.phones_off.clear();
        return true;
    }
    if (!value.is_array()) return false;
    std::set<std::string> all;
    for (const auto& each : value) {
        if (!each.is_string()) return false;
        all.insert(person_of(each.get<std::string>()));
    }
    to.everybody_off = false;
    to.phones_off = std::move(all);
    return true;
}

bool read_suspended(const json& value, std::set<std::string>& to) {
    if (!value.is_array()) return false;
    std::set<std::string> all;
    for (const auto& each : value) {
        if (!each.is_string()) return false;
        all.insert(each.get<std::string>());
    }
    to = std::move(all);
    return true;
}

bool read_picture_error(const json& value, std::optional<int>& to) {
    if (value.is_null()) {
        to.reset();
        return true;
    }
    int code{};
    if (!read_count(value, 100'000'000, code)) return false;
    to = code;
    return true;
}

bool read_templates(const json& value, std::optional<std::vector<known_template>>& to) {
    if (value.is_null()) {
        to.reset();
        return true;
    }
    if (!value.is_array()) return false;
    std::vector<known_template> all;
    for (const auto& each : value) {
        auto one = read_known_template(each);
        if (!one) return false;
        all.push_back(std::move(*one));
    }
    to = std::move(all);
    return true;
}

bool read_planned(const json& value, std::map<std::string, planned_answer>& to) {
    if (!value.is_object() || value.size() > 100) return false;
    std::map<std::string, planned_answer> all;
    for (const auto& [path, of] : value.items()) {
        if (!of.is_object() || !of.contains("body")) return false;
        const auto status = whole(of.value("status", json(200)), 599);
        if (!status || *status < 200) return false;
        all[path] = {static_cast<unsigned>(*status), of["body"].dump()};
    }
    to = std::move(all);
    return true;
}

bool read(const std::string& key, const json& value, controls& to) {
    if (key == "sent_ms") return read_optional_wait(value, to.sent_after);
    if (key == "delivered_ms") return read_optional_wait(value, to.delivered_after);
    if (key == "read_ms") return read_optional_wait(value, to.read_after);
    if (key == "latency_ms") return read_wait(value, to.latency);
    if (key == "webhook_delay_ms") return read_wait(value, to.webhook_delay);
    if (key == "batch_ms") return read_wait(value, to.batch);
    if (key == "duplicates") return read_count(value, 10, to.duplicates);
    if (key == "reorder") return read_flag(value, to.reorder);
    if (key == "drop_responses") return read_count(value, count_most, to.drop_responses);
    if (key == "lose_statuses") return read_count(value, count_most, to.lose_statuses);
    if (key == "errors") return read_errors(value, to.errors);
    if (key == "phone_off") return read_off(value, to);
    if (key == "window") return read_flag(value, to.window);
    if (key == "media_refused") return read_count(value, count_most, to.media_refused);
    if (key == "media_damaged") return read_count(value, count_most, to.media_damaged);
    if (key == "uploads_refused") return read_count(value, count_most, to.uploads_refused);
    if (key == "uploads_dropped") return read_count(value, count_most, to.uploads_dropped);
    if (key == "suspended_groups") return read_suspended(value, to.suspended_groups);
    if (key == "picture_error") return read_picture_error(value, to.picture_error);
    if (key == "templates") return read_templates(value, to.templates);
    if (key == "graph") return read_planned(value, to.graph);
    if (key == "webhook_url") {
        if (!value.is_string()) return false;
        to.webhook_url = value.get<std::string>();
        return true;
    }
    return false;
}

json wait_json(const std::optional<milliseconds>& wait) {
    return wait ? json(wait->count()) : json(nullptr);
}

}  // namespace

bool controls::is_off(std::string_view to) const {
    return everybody_off ||
           std::ranges::any_of(phones_off, [&](const auto& one) { return is_called(one, to); });
}

bool controls::has_template(std::string_view name, std::string_view language) const {
    return !templates || find_template(name, language) != nullptr;
}

const known_template* controls::find_template(
    std::string_view name, std::string_view language
) const {
    if (!templates) return nullptr;
    for (const auto& each : *templates) {
        const bool spoken = each.language.empty() || each.language == language;
        if (each.name == name && spoken && each.status == "APPROVED") return &each;
    }
    return nullptr;
}

std::optional<planned_error> controls::take_error(std::string_view to) {
    for (auto each = errors.begin(); each != errors.end(); ++each) {
        if (!each->to.empty() && !is_called(each->to, to)) continue;
        const auto taken = *each;
        if (--each->times <= 0) errors.erase(each);
        return taken;
    }
    return std::nullopt;
}

std::string obey(const json& orders, controls& to) {
    if (!orders.is_object()) return "a JSON object is expected";
    auto changed = to;
    changed.webhook_url.reset();
    for (const auto& [key, value] : orders.items()) {
        if (!read(key, value, changed)) return "unknown key or unusable value: " + key.substr(0, 64);
    }
    to = std::move(changed);
    return {};
}

json to_json(const controls& from) {
    json errors = json::array();
    for (const auto& each : from.errors) {
        errors.push_back(
            {{"code", each.code}, {"times", each.times}, {"to", each.to}, {"later", each.later}});
    }
    json all{
        {"sent_ms", wait_json(from.sent_after)},
        {"delivered_ms", wait_json(from.delivered_after)},
        {"read_ms", wait_json(from.read_after)},
        {"latency_ms", from.latency.count()},
        {"webhook_delay_ms", from.webhook_delay.count()},
        {"batch_ms", from.batch.count()},
        {"duplicates", from.duplicates},
        {"reorder", from.reorder},
        {"drop_responses", from.drop_responses},
        {"lose_statuses", from.lose_statuses},
        {"window", from.window},
        {"media_refused", from.media_refused},
        {"media_damaged", from.media_damaged},
        {"uploads_refused", from.uploads_refused},
        {"uploads_dropped", from.uploads_dropped}};
    all["errors"] = std::move(errors);
    if (from.everybody_off) {
        all["phone_off"] = true;
    } else {
        all["phone_off"] = from.phones_off;
    }
    all["suspended_groups"] = from.suspended_groups;
    all["picture_error"] = from.picture_error ? json(*from.picture_error) : json(nullptr);
    all["templates"] = nullptr;
    if (from.templates) {
        all["templates"] = json::array();
        for (const auto& each : *from.templates) all["templates"].push_back(to_json(each));
    }
    return all;
}

}  // namespace tertulia::gateway::simulator
