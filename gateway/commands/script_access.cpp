#include "gateway/commands/script_access.hpp"

#include "gateway/commands/admin_call.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"

#include <chrono>

namespace tertulia::gateway {
namespace {

constexpr auto path = "/api/v1/scripts";

http::answer answered(http::response made) {
    return {
        .result = http::call_result::answered,
        .status = made.status,
        .body = std::move(made.body),
    };
}

instant clock_now() {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

}  // namespace

script_access::script_access(const config& settings) : settings_{settings} {
    const auto& file = settings.store.sqlite_file;
    try {
        alone_ = std::make_unique<only_one>(file);
    } catch (const already_running&) {
        return;
    }
    store_ = std::make_unique<sqlite_store>(sqlite_settings{.path = file.string()});
    desk_ = std::make_unique<publishing_desk>(*store_, nullptr, settings.staff);
}

script_access::~script_access() = default;

http::answer script_access::list() {
    return desk_ ? answered(desk_->list()) : ask_admin(settings_, "GET", path);
}

http::answer script_access::publish(const std::string& body) {
    if (!desk_) return ask_admin(settings_, "POST", path, body);
    auto prepared = prepare_publishing(body, settings_.institution);
    if (auto* refused = std::get_if<http::response>(&prepared))
        return answered(std::move(*refused));
    return answered(desk_->publish(std::get<publish_request>(prepared), clock_now()));
}

http::answer script_access::roll_back(const std::string& body) {
    if (!desk_) return ask_admin(settings_, "POST", std::string{path} + "/rollback", body);
    auto prepared = prepare_rolling_back(body);
    if (auto* refused = std::get_if<http::response>(&prepared))
        return answered(std::move(*refused));
    return answered(desk_->roll_back(std::get<roll_back_request>(prepared), clock_now()));
}

}  // namespace tertulia::gateway
