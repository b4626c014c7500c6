#include "gateway/config/read_core_banking.hpp"

#include "gateway/config/config_shapes.hpp"
#include "gateway/config/read_channel.hpp"

#include <regex>

namespace tertulia::gateway {
namespace {

using std::chrono::minutes;

// "02:30" as minutes of the day.
minutes read_sweep(const reading& shared, yaml_section& section) {
    const auto written = section.text("sweep", "02:30");
    static const std::regex form{"([01][0-9]|2[0-3]):([0-5][0-9])"};
    std::smatch found;
    if (std::regex_match(written, found, form)) {
        return minutes{std::stoi(found[1]) * 60 + std::stoi(found[2])};
    }
    shared.problem(
        dialogs::rule::wrong_value,
        section.place("sweep"),
        "'sweep' must be a time of the day",
        "for example \"02:30\", after core banking's own close of business"
    );
    return minutes{150};
}

std::string read_base_url(const reading& shared, yaml_section& section) {
    auto url = section.required("base_url");
    while (url.ends_with('/')) url.pop_back();
    if (url.empty()) return url;
    const auto wrong = [&](std::string what, std::string mend) {
        shared.problem(
            dialogs::rule::wrong_value, section.place("base_url"), std::move(what), std::move(mend)
        );
    };
    constexpr auto* example = "for example https://core.example.org:8443/fineract-provider/api/v1";
    if (!is_http_url(url) || url.find('?') != std::string::npos) {
        wrong("'base_url' must be an http(s) address", example);
    } else if (!url.ends_with("/api/v1")) {
        wrong("'base_url' does not end in /api/v1", example);
    }
    // Its password would travel readable; on this machine, or in a closed network, that may be.
    static const std::regex near{
        R"(http://(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2[0-9]|3[01])\.|\[::1\]|[^./:]+[:/]).*)"};
    if (url.starts_with("http://") && !std::regex_match(url, near)) {
        wrong("'base_url' sends the password without TLS", "write https://");
    }
    return url;
}

std::string read_hook_secret(const reading& shared, yaml_section& section) {
    auto secret = section.text("hook_secret");
    static const std::regex form{"[A-Za-z0-9._~-]{16,128}"};
    if (!secret.empty() && !std::regex_match(secret, form)) {
        shared.problem(
            dialogs::rule::wrong_value,
            section.place("hook_secret"),
            "'hook_secret' is 16 to 128 letters, digits, or -._~",
            "make one with: openssl rand -hex 16"
        );
    }
    return secret;
}

core_writes_allowed read_writes(const reading& shared, yaml_section& section) {
    core_writes_allowed out;
    for (const auto& each : section.texts("writes")) {
        if (each == "notes") {
            out.notes = true;
        } else if (each == "applications") {
            out.applications = true;
        } else if (each == "attendance") {
            out.attendance = true;
        } else {
            shared.problem(
                dialogs::rule::unknown_word,
                section.place("writes"),
                "nothing called '" + each + "' can be written to core banking",
                "there is: notes, applications, attendance; money is moved by people"
            );
        }
    }
    return out;
}

fineract_config read_fineract(const reading& shared, yaml_section& section) {
    fineract_config out;
    out.access.base_url = read_base_url(shared, section);
    out.access.tenant = section.text("tenant", "default");
    out.access.user = section.required("user");
    out.access.password = section.required("password");
    out.poll = minutes{section.number("poll", 5, 1, 1'440)};
    out.sweep = read_sweep(shared, section);
    out.hook_secret = read_hook_secret(shared, section);
    out.writes = read_writes(shared, section);
    return out;
}

}  // namespace

core_banking_config read_core_banking(const reading& shared, const YAML::Node& node) {
    core_banking_config out;
    std::string type = "ledger";
    if (node && node.IsMap() && node["type"] && node["type"].IsScalar()) type = node["type"].Scalar();
    const bool remote = type == "fineract";
    yaml_section section{
        shared, node, "core_banking", remote ? fineract_shape() : ledger_shape()};
    type = section.text("type", "ledger");
    if (remote) {
        out.fineract = read_fineract(shared, section);
        out.stale_after = minutes{section.number("stale_after", 15, 5, 10'080)};
        out.down_after = minutes{section.number("down_after", 2'880, 5, 43'200)};
        if (out.down_after < out.stale_after) {
            shared.problem(
                dialogs::rule::wrong_value,
                section.place("down_after"),
                "'down_after' is less than 'stale_after'",
                "both are minutes: figures are old first, and too old later"
            );
        }
        if (out.fineract->poll >= out.stale_after) {
            shared.problem(
                dialogs::rule::wrong_value,
                section.place("poll"),
                "'poll' is not less than 'stale_after': the figures would be old between two rounds",
                "both are minutes; without 'stale_after' figures are old after 15"
            );
        }
    } else if (type != "ledger") {
        shared.problem(
            dialogs::rule::unknown_word,
            section.place("type"),
            "there is no core banking type '" + type + "'",
            "there is: ledger, fineract"
        );
    }
    section.refuse_unknown_keys();
    return out;
}

}  // namespace tertulia::gateway
