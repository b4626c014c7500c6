// The templates our messages name, against those Meta has: what would fail if it were sent. Pure.

#pragma once

#include "adapters/whatsapp_cloud/account_api.hpp"

#include <span>
#include <string>
#include <vector>

namespace tertulia::gateway {

// As the operator's messages say it.
struct declared_template {
    std::string name{};
    std::string language{};  // Meta's code: "es", "pt_BR"
    std::string category{};  // "UTILITY", "MARKETING"
    std::vector<std::string> header{};  // gaps, as template_gaps() gives them
    std::vector<std::string> body{};
    std::size_t quick_replies{};
    std::string message{};  // whose template it is
};

struct template_difference {
    std::string name{};
    std::string language{};
    bool fails{};            // it cannot be sent like this; else only told
    std::string sentence{};  // what differs, and the mend
    bool of_status{};        // Meta does not let it out at present; our message is well
    bool operator==(const template_difference&) const = default;
};

// `there`: everything the provider has. In the order of `declared`.
[[nodiscard]] std::vector<template_difference> template_differences(
    std::span<const declared_template> declared,
    std::span<const adapters::whatsapp_cloud::listed_template> there
);

}  // namespace tertulia::gateway
