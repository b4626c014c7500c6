// How a command reaches the publishing desk: through the running gateway if there is one, which
// alone writes its store; else on the store itself, which nobody else may open meanwhile.

#pragma once

#include "gateway/commands/only_one.hpp"
#include "gateway/config/config.hpp"
#include "gateway/http/client.hpp"
#include "gateway/publishing/desk.hpp"

#include <functional>
#include <memory>
#include <string>

namespace tertulia::gateway {

class script_access {
public:
    // Makes the database if it is missing and no gateway runs.
    explicit script_access(const config& settings);
    ~script_access();

    [[nodiscard]] bool gateway_runs() const noexcept { return store_ == nullptr; }
    [[nodiscard]] http::answer list();
    // Bodies as prepare_publishing() and prepare_rolling_back() read them.
    [[nodiscard]] http::answer publish(const std::string& body);
    [[nodiscard]] http::answer roll_back(const std::string& body);

private:
    const config& settings_;
    std::unique_ptr<only_one> alone_;  // none while a gateway runs; nor the next two
    std::unique_ptr<store> store_;
    std::unique_ptr<publishing_desk> desk_;
};

}  // namespace tertulia::gateway
